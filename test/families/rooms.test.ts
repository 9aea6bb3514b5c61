/** The example in each room's page runs, and prints what the page says. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
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
import { Child } from '../support/running.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const rooms = join(root, 'src/families');

/** What an example needs that not every machine has. */
const needs: Readonly<Record<string, Skip>> = {
  alg: needsSocket('AF_ALG', AF_ALG, SOCK_SEQPACKET),
  bluetooth: needsSocket('AF_BLUETOOTH', AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM),
  can: needsSocket('AF_CAN and vcan0', AF_CAN, SOCK_RAW, CAN_RAW, vcan),
  inet6: needsSocket('IPv6', AF_INET6, SOCK_DGRAM),
  packet: needsRoot,
  qipcrtr: needsSocket('AF_QIPCRTR', AF_QIPCRTR, SOCK_DGRAM),
  rds: needsSocket('AF_RDS', AF_RDS, SOCK_SEQPACKET),
  tipc: needsSocket('AF_TIPC', AF_TIPC, SOCK_RDM),
  // The machine's own kernel may have vsock, but no loopback, and would wait for ever.
  vsock:
    needsSocket('AF_VSOCK', AF_VSOCK, SOCK_STREAM) || (!inGuest && 'needs vsock_loopback: npm run test:vm'),
};

/** What stands in the first fence of a language. */
function fence(page: string, language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(page);
  return found?.[1] ?? assert.fail(`no ${language} in the page`);
}

describe('the example of a room', () => {
  for (const room of readdirSync(rooms)) {
    if (!existsSync(join(rooms, room, 'index.ts'))) continue; // constants only
    test(room, { skip: needs[room] ?? false }, async () => {
      const page = readFileSync(join(rooms, room, 'README.md'), 'utf8');
      // It imports the package by its name, which works from the package's own folder.
      const args = ['--input-type=module', '--eval', fence(page, 'ts')];
      const output = await new Child(process.execPath, args, undefined, root).ends();
      assert.equal(output, fence(page, 'text'));
    });
  }
});
