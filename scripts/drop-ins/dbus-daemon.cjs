'use strict';

// Starts a message bus of our own, which ends with the process.
const { spawn } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

/** Returns the path of the bus’s socket. */
exports.startBus = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-dbus-'));
  const path = join(folder, 'bus');
  const config = join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:path=${path}</listen><auth>EXTERNAL</auth>
    <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
    </policy></busconfig>`,
  );
  const daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => {
    daemon.kill();
    rmSync(folder, { recursive: true });
  });
  await createInterface({ input: daemon.stdout })[Symbol.asyncIterator]().next();
  return path;
};
