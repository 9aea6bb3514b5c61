/**
 * The addresses of network interfaces, including interfaces without a carrier, which `networkInterfaces()` of Node.js
 * omits.
 */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { binding } from '../binding.js';
import { SOCK_DGRAM } from '../constants/socket.js';
import { errnoNumber } from '../errors/codes.js';
import { checked } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { sockaddr_in } from '../families/inet/layout.js';
import { readIpv4, readIpv6, writeIpv6 } from '../layout/ip-text.js';
import { interfaceName } from './interface.js';

/** The number in linux/sockios.h, the same on every architecture. */
const SIOCGIFADDR = 0x8915;
/** The size of struct ifreq: a name, followed by a sockaddr. */
const IFREQ_SIZE = 64;
const IFREQ_ADDRESS = 16;

/** The errors of an interface that has no IPv4 address, or that does not exist any more. */
const ABSENT = ['EADDRNOTAVAIL', 'ENODEV', 'ENXIO'];

/** Returns whether a call has found something. Throws if it failed for another reason: then nothing is known. */
function hasFound(result: number, syscall: string): boolean {
  if (ABSENT.some(code => result === errnoNumber(code))) return false;
  checked(result, syscall);
  return true;
}

/**
 * Returns the first IPv4 address of an interface, which is the source of its packets; `undefined` if it has none.
 *
 * @throws SocketError if the system could not tell. A program that continued would send from another address.
 */
export function firstIpv4(index: number): string | undefined {
  if (process.platform === 'linux') return askFirstIpv4(index);
  return networkInterfaces()[interfaceName(index)]?.find(({ family }) => family === 'IPv4')?.address;
}

/** Calls ioctl(2) with SIOCGIFADDR: netdevice(7). */
function askFirstIpv4(index: number): string | undefined {
  const name = binding.if_indextoname(index);
  if (typeof name === 'number') {
    hasFound(name, 'if_indextoname');
    return undefined;
  }
  const fd = checked(binding.socket(AF_INET, SOCK_DGRAM, 0), 'socket');
  const request = Buffer.alloc(IFREQ_SIZE);
  request.write(name);
  const result = binding.ioctl(fd, SIOCGIFADDR, request);
  binding.close(fd);
  return hasFound(result, 'ioctl') ? readIpv4(request, IFREQ_ADDRESS + sockaddr_in.sin_addr) : undefined;
}

/** Returns the index of the interface that has an IPv4 address; `undefined` if none does. */
export function indexOfIpv4(address: string): number | undefined {
  const list = binding.if_nameindex();
  const indexes = typeof list === 'number' ? [] : list.filter(item => typeof item === 'number');
  return indexes.find(index => firstIpv4(index) === address) ?? findInNode(address);
}

/** Returns the index of the interface that has an IPv6 address; `undefined` if none does. */
export function indexOfIpv6(address: string): number | undefined {
  const bytes = new Uint8Array(16);
  if (!writeIpv6(address, bytes, 0)) return undefined;
  return process.platform === 'linux' ? findInProc(bytes) : findInNode(readIpv6(bytes, 0));
}

/** Searches /proc/net/if_inet6. Each line begins with an address and the index of its interface, in hexadecimal. */
function findInProc(bytes: Uint8Array): number | undefined {
  const wanted = Buffer.from(bytes).toString('hex');
  let text: string;
  try {
    text = readFileSync('/proc/net/if_inet6', 'latin1');
  } catch {
    return undefined; // a kernel without IPv6
  }
  const line = text.split('\n').find(each => each.startsWith(wanted));
  return line === undefined ? undefined : Number.parseInt(line.split(/\s+/)[1]!, 16);
}

/** Searches the interfaces of Node.js. An address can be listed under a label of its interface: eth0:1. */
function findInNode(wanted: string): number | undefined {
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    if (!addresses.some(({ address }) => address === wanted)) continue;
    const index = binding.if_nametoindex(name.replace(/:.*/, ''));
    if (index > 0) return index;
  }
  return undefined;
}
