/**
 * The netlink tests run this program in a network namespace. It prints all lists, from both faces, as JSON.
 */
import {
  listAddresses,
  listAddressesSync,
  listLinks,
  listLinksSync,
  listNeighbours,
  listNeighboursSync,
  listRoutes,
  listRoutesSync,
} from 'berkeley/netlink';

const lists = async () => ({
  links: await listLinks(),
  addresses: await listAddresses(),
  routes: await listRoutes(),
  neighbours: await listNeighbours(),
});

const listsSync = () => ({
  links: listLinksSync(),
  addresses: listAddressesSync(),
  routes: listRoutesSync(),
  neighbours: listNeighboursSync(),
});

console.log(JSON.stringify([await lists(), listsSync()]));
