// Plays all the examples, each with a Python program at the other end, and prints who said what.
//
//   npm run demo
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Language, play } from './demo/play.js';
import { scenes } from './demo/scenes.js';

const hasPython = spawnSync('python3', ['-c', 'import socket']).status === 0;
const casts: readonly (readonly [Language, Language])[] = hasPython
  ? [
      ['berkeley', 'python'],
      ['python', 'berkeley'],
    ]
  : [['berkeley', 'berkeley']];

const ran: string[] = [];
const skipped: string[] = [];
const failed: string[] = [];

for (const scene of scenes) {
  const needs = scene.needs?.();
  if (needs !== undefined) {
    console.log(`\n${scene.title}\n  needs ${needs}`);
    skipped.push(`${scene.title}: needs ${needs}`);
    continue;
  }
  for (const cast of casts) {
    const title = `${scene.title}: ${cast[0]} server, ${cast[1]} client`;
    console.log(`\n${title}`);
    const folder = mkdtempSync(join(tmpdir(), 'berkeley-demo-'));
    const faults = await play(scene, cast, folder);
    rmSync(folder, { recursive: true });
    for (const fault of faults) console.log(`  FAILED: ${fault}`);
    (faults.length === 0 ? ran : failed).push(title);
  }
}

if (!hasPython) skipped.push('Python at the other end: needs python3 (apt-get install python3)');
console.log();
for (const [word, list] of Object.entries({ Ran: ran, Skipped: skipped, Failed: failed })) {
  console.log([`${word} ${list.length}`, ...list].join('\n  '));
}
process.exitCode = failed.length === 0 ? 0 : 1;
