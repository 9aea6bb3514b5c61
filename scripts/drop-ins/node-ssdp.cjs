'use strict';

// A client finds a server over multicast.
require('./replace-dgram.cjs');
const assert = require('node:assert');
const { Client, Server } = require('node-ssdp');

const server = new Server({ location: 'http://198.51.100.1/desc.html', reuseAddr: true });
server.addUSN('urn:schemas-upnp-org:service:Berkeley:1');
const client = new Client({ reuseAddr: true });
const search = () => client.search('urn:schemas-upnp-org:service:Berkeley:1');
client.on('response', (headers, status) => {
  assert.equal(status, 200);
  assert.equal(headers.LOCATION, 'http://198.51.100.1/desc.html');
  process.exit();
});
Promise.resolve(server.start()).then(() => {
  search();
  setInterval(search, 1000);
});
