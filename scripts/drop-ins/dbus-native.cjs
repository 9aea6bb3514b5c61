'use strict';

// Two connections to a real dbus-daemon over toDuplex(), which carries descriptors.
const assert = require('node:assert');
const { closeSync, fstatSync, openSync } = require('node:fs');
const { AF_UNIX, SOCK_STREAM, Socket } = require('berkeley');
const dbus = require('dbus-native');
const { startBus } = require('./dbus-daemon.cjs');

const NAME = 'org.berkeley.Native';
const PATH = '/org/berkeley/Native';

async function connect(path) {
  const socket = new Socket(AF_UNIX, SOCK_STREAM);
  await socket.connect({ path });
  return dbus.createClient({ stream: socket.toDuplex() });
}

const called = start =>
  new Promise((resolve, reject) => start((error, ...values) => (error ? reject(error) : resolve(values))));

async function main() {
  const path = await startBus();
  const [server, client] = [await connect(path), await connect(path)];
  await called(done => server.requestName(NAME, 0, done));
  const inode = fd => Number(fstatSync(fd).ino);
  server.exportInterface({ Inode: fd => inode(fd) }, PATH, {
    name: NAME,
    methods: { Inode: ['h', 'd', ['fd'], ['inode']] },
  });
  const file = openSync(__filename, 'r');
  const message = { destination: NAME, path: PATH, interface: NAME, member: 'Inode' };
  const [found] = await called(done =>
    client.invoke({ ...message, signature: 'h', body: [file], fds: [file] }, done),
  );
  assert.equal(found, inode(file));
  closeSync(file);
  process.exit();
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
