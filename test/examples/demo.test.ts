/** The demo of `npm run demo`: complete, without Python, and with a failure. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scenes as scenesPlayed } from '../../examples/demo/scenes.js';
import { withoutPython } from '../support/python.js';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const demo = fileURLToPath(new URL('../../examples/demo.js', import.meta.url));

/** Each scene, and the expected output, whichever language plays each part. */
const scenes: Readonly<Record<string, readonly RegExp[]>> = {
  'TCP echo, IPv4': [/Connected by .*127\.0\.0\.1/, /Received .*Hello, world/],
  'TCP echo, IPv4, blocking calls': [/Connected by .*127\.0\.0\.1/, /Received .*Hello, world/],
  'TCP echo, IPv4 or IPv6, trying every address': [/Connected by/, /Received .*Hello, world/],
  'SO_REUSEADDR: a server that starts again': [
    /Without SO_REUSEADDR: .*in use|EADDRINUSE/i,
    /listening again/,
  ],
  'Datagrams over UDP': [/Received .*Hello, world.* from/, /Received .*HELLO, WORLD/],
  'Unix stream': [/Listening on \/.*demo\.sock/, /Received .*Hello, neighbour/],
  'Unix datagrams': [/Sending from/, /Received .*Hello, neighbour.* from/],
  'Network sniffer': [/Sniffed 40 bytes from 127/, /Received .*HELLO, WORLD/],
  'CAN frames': [/Received can_id=123, data=cafe/, /Received can_id=1, data=010203/],
  'ISO-TP: a question to a control unit': [/Received 22f190/, /Received WVWZZZ1JZXW000001/],
  'J1939: an address for a name': [/Received Hello, world from 81/, /Received HELLO, WORLD/],
};

/** The scenes of one program. */
const alone: Readonly<Record<string, readonly RegExp[]>> = {
  'One message over three buffers': [/\| 22$/m, /'Mary'.*'01 had a 9'.*'little lamb---'/],
  'CAN by the clock': [/Changed to 01/, /Changed to 02/],
  'Open files for another process': [/handed 2 descriptors, "two files":\n.*\n.* Linux$/m],
};

async function play(env: NodeJS.ProcessEnv = {}): Promise<{ transcript: string; status: number }> {
  const child = spawn(process.execPath, [demo], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [transcript, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { transcript, status };
}

/** The lines of one scene, or its missing requirements. */
function sceneOf(transcript: string, title: string): string {
  return transcript.split('\n\n').find(part => part.trimStart().startsWith(`${title}\n`)) ?? '';
}

function checkScenes(transcript: string, casts: readonly string[], languages: readonly string[]): void {
  for (const [title, wanted] of Object.entries(alone)) {
    for (const language of languages) {
      const lines = sceneOf(transcript, `${title}: ${language}`);
      if (/^ {2}needs .*: /m.test(sceneOf(transcript, title))) continue;
      for (const line of wanted) assert.match(lines, line);
    }
  }
  for (const [title, wanted] of Object.entries(scenes)) {
    if (/^ {2}needs .*: /m.test(sceneOf(transcript, title))) continue; // names the requirement, and how to install it
    for (const cast of casts) {
      const lines = sceneOf(transcript, `${title}: ${cast}`);
      for (const line of wanted) assert.match(lines, line, `${title}: ${cast}`);
    }
  }
}

/** A directory for PATH that contains only the programs of `files`. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-path-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

test('all examples run against Python, in both roles', { skip: withoutPython }, async () => {
  const { transcript, status } = await play();
  const casts = ['berkeley server, python client', 'python server, berkeley client'];
  checkScenes(transcript, casts, ['berkeley', 'python']);
  assert.match(transcript, /^Failed 0$/m);
  assert.equal(status, 0, transcript);
});

test('without Python they run among themselves, and the summary says so', async t => {
  const folder = folderOf({});
  t.after(() => rmSync(folder, { recursive: true }));
  const { transcript, status } = await play({ PATH: folder });
  checkScenes(transcript, ['berkeley server, berkeley client'], ['berkeley']);
  assert.match(transcript, /^ {2}Python peers: needs python3 /m);
  assert.equal(status, 0, transcript);
});

test('a failure is reported, and sets the exit status', async t => {
  // Pretends to be Python, until it gets a task.
  const folder = folderOf({ python3: '#!/bin/sh\ncase $1 in -c) exit 0;; *) echo no; exit 3;; esac\n' });
  t.after(() => rmSync(folder, { recursive: true }));
  const { transcript, status } = await play({ PATH: folder });
  assert.match(transcript, /^ {2}FAILED: python client exited with status 3$/m);
  assert.match(transcript, /^ {2}FAILED: python server ended before it printed where it listens$/m);
  // Our programs that need no other.
  const own = scenesPlayed.filter(({ client, needs }) => client === undefined && needs?.() === undefined);
  assert.match(transcript, new RegExp(`^Ran ${own.length}$`, 'm'));
  assert.equal(status, 1, transcript);
});

test('every example has a scene', () => {
  const parts = scenesPlayed.flatMap(({ server, client = server }) => [server, client]);
  const files = (folder: string, ending: string) =>
    readdirSync(join(examples, folder))
      .filter(file => file.endsWith(ending) && file !== 'demo.ts')
      .map(file => file.slice(0, -ending.length))
      .sort();
  assert.deepEqual([...new Set(parts.map(({ ours }) => ours))].sort(), files('.', '.ts'));
  assert.deepEqual([...new Set(parts.map(({ theirs }) => theirs))].sort(), files('python', '.py'));
});
