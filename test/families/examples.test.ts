/** The example on the page of each family runs, and prints what the page says. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import {
  AF_ALG,
  AF_BLUETOOTH,
  AF_CAN,
  AF_INET6,
  AF_QIPCRTR,
  AF_RDS,
  AF_TIPC,
  AF_VSOCK,
  BTPROTO_RFCOMM,
  CAN_RAW,
  SOCK_DGRAM,
  SOCK_RAW,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
} from 'berkeley';
import { vcan } from '../support/can.js';
import { inGuest, needsRoot, needsSocket, type Skip } from '../support/kernel.js';
import { needsSmc } from '../support/smc.js';

const rooms = fileURLToPath(new URL('../../../src/families', import.meta.url));

/** What an example requires that not every machine has. */
const needs: Readonly<Record<string, Skip>> = {
  alg: needsSocket('AF_ALG', AF_ALG, SOCK_SEQPACKET),
  bluetooth: needsSocket('AF_BLUETOOTH', AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM),
  can: needsSocket('AF_CAN and vcan0', AF_CAN, SOCK_RAW, CAN_RAW, vcan),
  inet6: needsSocket('IPv6', AF_INET6, SOCK_DGRAM),
  packet: needsRoot,
  qipcrtr: needsSocket('AF_QIPCRTR', AF_QIPCRTR, SOCK_DGRAM),
  rds: needsSocket('AF_RDS', AF_RDS, SOCK_SEQPACKET),
  smc: needsSmc,
  tipc: needsSocket('AF_TIPC', AF_TIPC, SOCK_RDM),
  // The kernel may support vsock without a loopback; the example would then wait indefinitely.
  vsock:
    needsSocket('AF_VSOCK', AF_VSOCK, SOCK_STREAM) || (!inGuest && 'needs vsock_loopback: npm run test:vm'),
};

/** The content of the first fence of a language. */
function fence(page: string, language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(page);
  return found?.[1] ?? assert.fail(`no ${language} in the page`);
}

/**
 * Runs an example in this process, because starting Node.js for each takes most of a minute in an emulated
 * machine.
 */
async function run(code: string): Promise<void> {
  const named = code.replaceAll(
    /from '(berkeley[^']*)'/g,
    (_, name) => `from '${import.meta.resolve(name)}'`,
  );
  await import(`data:text/javascript,${encodeURIComponent(named)}`);
}

describe('the example of a family prints what its page says:', () => {
  for (const room of readdirSync(rooms)) {
    if (!existsSync(join(rooms, room, 'index.ts'))) continue; // constants only
    test(room, { skip: needs[room] ?? false }, async t => {
      const page = readFileSync(join(rooms, room, 'README.md'), 'utf8');
      const printed = t.mock.method(console, 'log', () => {});
      await run(fence(page, 'ts'));
      const lines = printed.mock.calls.map(call => `${format(...call.arguments)}\n`);
      assert.equal(lines.join(''), fence(page, 'text'));
    });
  }
});
