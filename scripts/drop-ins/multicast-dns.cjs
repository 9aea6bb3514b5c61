'use strict';

// One responder answers the query of another instance, over multicast.
require('./replace-dgram.cjs');
const assert = require('node:assert');
const mdns = require('multicast-dns');

const responder = mdns({ reuseAddr: true });
const client = mdns({ reuseAddr: true });
responder.on('query', ({ questions }) => {
  if (questions[0].name !== 'berkeley.local') return;
  responder.respond({ answers: [{ name: 'berkeley.local', type: 'A', ttl: 10, data: '192.0.2.7' }] });
});
client.on('response', ({ answers }, rinfo) => {
  assert.equal(answers[0].data, '192.0.2.7');
  assert.equal(rinfo.family, 'IPv4');
  clearInterval(timer);
  client.destroy();
  responder.destroy();
});
const ask = () => client.query('berkeley.local', 'A');
const timer = setInterval(ask, 500);
client.on('ready', ask);
