'use strict';

// Two connections to a real dbus-daemon: one calls a method of the other with a descriptor, and gets one back.
const assert = require('node:assert');
const { closeSync, fstatSync, openSync, readSync } = require('node:fs');
const dbus = require('dbus-next');
const { startBus } = require('./dbus-daemon.cjs');

const NAME = 'org.berkeley.Test';
const PATH = '/org/berkeley/Test';

class Files extends dbus.interface.Interface {
  /** Reads the first byte of a file, and returns the same descriptor. */
  FirstByte(fd) {
    const bytes = Buffer.alloc(1);
    readSync(fd, bytes, 0, 1, 0);
    return [String(bytes), fd];
  }
}
Files.configureMembers({ methods: { FirstByte: { inSignature: 'h', outSignature: 'sh' } } });

async function main() {
  const busAddress = `unix:path=${await startBus()}`;
  const options = { busAddress, negotiateUnixFd: true };
  const [server, client] = [dbus.sessionBus(options), dbus.sessionBus(options)];
  await server.requestName(NAME);
  server.export(PATH, new Files(NAME));
  const proxy = await client.getProxyObject(NAME, PATH);
  const file = openSync(__filename, 'r');
  const [byte, returned] = await proxy.getInterface(NAME).FirstByte(file);
  assert.equal(byte, "'");
  assert.equal(fstatSync(returned).ino, fstatSync(file).ino);
  assert.notEqual(returned, file);
  for (const fd of [file, returned]) closeSync(fd);
  process.exit();
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
