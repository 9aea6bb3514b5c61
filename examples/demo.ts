// Runs all examples, each with a Python program as peer, and prints the output of both.
//
// npm run demo
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Language, play, playAlone } from './demo/play.js';
import { type Scene, scenes } from './demo/scenes.js';

const hasPython = spawnSync('python3', ['-c', 'import socket']).status === 0;
const languages: readonly Language[] = hasPython ? ['berkeley', 'python'] : ['berkeley'];
const casts: readonly (readonly [Language, Language])[] = hasPython
  ? [
      ['berkeley', 'python'],
      ['python', 'berkeley'],
    ]
  : [['berkeley', 'berkeley']];

const ran: string[] = [];
const skipped: string[] = [];
const failed: string[] = [];

async function perform(title: string, play: (folder: string) => Promise<string[]>): Promise<void> {
  console.log(`\n${title}`);
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-demo-'));
  const faults = await play(folder);
  rmSync(folder, { recursive: true });
  for (const fault of faults) console.log(`  FAILED: ${fault}`);
  (faults.length === 0 ? ran : failed).push(title);
}

async function performAll(scene: Scene): Promise<void> {
  const { title, client } = scene;
  if (client === undefined) {
    for (const language of languages)
      await perform(`${title}: ${language}`, () => playAlone(scene, language));
    return;
  }
  for (const cast of casts) {
    const full = `${title}: ${cast[0]} server, ${cast[1]} client`;
    await perform(full, folder => play({ ...scene, client }, cast, folder));
  }
}

for (const scene of scenes) {
  const needs = scene.needs?.();
  if (needs === undefined) {
    await performAll(scene);
  } else {
    console.log(`\n${scene.title}\n  needs ${needs}`);
    skipped.push(`${scene.title}: needs ${needs}`);
  }
}

if (!hasPython) skipped.push('Python peers: needs python3 (apt-get install python3)');
console.log();
for (const [word, list] of Object.entries({ Ran: ran, Skipped: skipped, Failed: failed })) {
  console.log([`${word} ${list.length}`, ...list].join('\n  '));
}
process.exitCode = failed.length === 0 ? 0 : 1;
