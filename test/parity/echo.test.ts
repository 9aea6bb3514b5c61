/** Echo between Python and this package: every transport, both faces, both directions, byte for byte. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Program } from '../support/program.js';
import { besideSource, python, withoutPython } from '../support/python.js';
import type { Job, JsonAddress, Seen } from './echo-job.js';
import { type Transport, transports } from './echo-transports.js';

type Speaker = 'python' | 'promise' | 'sync';

const ours = fileURLToPath(new URL('echo.js', import.meta.url));
const theirs = besideSource('echo.py', import.meta.url);

const commands: Readonly<Record<Speaker, readonly [string, ...string[]]>> = {
  python: [python, theirs],
  promise: [process.execPath, ours, 'promise'],
  sync: [process.execPath, ours, 'sync'],
};
const programs = new Map<Speaker, Program>();

/** The running program of a speaker, or a new one if a previous test has broken it. */
function programOf(speaker: Speaker): Program {
  const known = programs.get(speaker);
  if (known?.runs) return known;
  const program = new Program(speaker, commands[speaker]);
  programs.set(speaker, program);
  return program;
}

/** Both ends' records of all exchanges. */
async function converse(
  { family, type, sizes, address }: Transport,
  serving: Program,
  asking: Program,
  folder: string,
): Promise<{ server: Seen[]; client: Seen[] }> {
  const job = { family, type, sizes };
  serving.tell({ ...job, role: 'server', address: address(folder, 'server') } satisfies Job);
  const { listening } = await serving.hear<{ listening: JsonAddress }>();
  const from = address(folder, 'client');
  asking.tell({ ...job, role: 'client', address: listening, from } satisfies Job);
  const [client, server] = await Promise.all([
    asking.hear<{ seen: Seen[] }>(),
    serving.hear<{ seen: Seen[] }>(),
  ]);
  return { server: server.seen, client: client.seen };
}

async function check(transport: Transport, serving: Speaker, asking: Speaker): Promise<void> {
  const pair = [programOf(serving), programOf(asking)] as const;
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-echo-'));
  try {
    const { server, client } = await converse(transport, ...pair, folder);
    assert.deepEqual(
      client.map(({ sent }) => sent!.length),
      transport.sizes,
    );
    for (const [i, size] of transport.sizes.entries()) {
      const { sent, received, local } = client[i]!;
      assert.equal(server[i]!.received.sha256, sent!.sha256, `${size} bytes to the server`);
      assert.equal(received.sha256, sent!.sha256, `${size} bytes back`);
      assert.deepEqual(server[i]!.peer, local, 'the server knows the client by its own address');
      if (transport.type !== 'SOCK_STREAM') {
        assert.deepEqual([server[i]!.received.pieces, received.pieces], [1, 1], `${size} bytes in one piece`);
      }
    }
  } catch (error) {
    for (const program of pair) program.stop(); // in the middle of a job
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('echo', () => {
  after(async () => {
    await Promise.all([...programs.values()].filter(({ runs }) => runs).map(program => program.end()));
  });

  for (const transport of transports) {
    const skip = withoutPython || transport.skip || false;
    for (const face of ['promise', 'sync'] as const) {
      test(`${transport.name}: Python server, ${face} client`, { skip }, () =>
        check(transport, 'python', face),
      );
      test(`${transport.name}: ${face} server, Python client`, { skip }, () =>
        check(transport, face, 'python'),
      );
    }
  }
});
