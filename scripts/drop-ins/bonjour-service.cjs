'use strict';

// Publishes a service, and finds it with another instance.
require('./replace-dgram.cjs');
const assert = require('node:assert');
const { Bonjour } = require('bonjour-service');

const [server, client] = [new Bonjour(), new Bonjour()];
server.publish({ name: 'Berkeley', type: 'berkeley', port: 3000, txt: { a: 'b' } });
client.find({ type: 'berkeley' }, service => {
  assert.equal(service.name, 'Berkeley');
  assert.equal(service.port, 3000);
  assert.equal(service.txt.a, 'b');
  server.unpublishAll(() => {
    server.destroy();
    client.destroy();
  });
});
