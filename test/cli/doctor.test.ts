import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { needsRoot } from '../support/kernel.js';
import { cli, jsonLines } from './cli.js';

interface Diagnosis {
  readonly runtime: { berkeley: string; runtime: string; target: string; binary: string; problem?: string };
  readonly families: { name: string; state: string; remedy?: string }[];
  readonly capabilities: { name: string; held: boolean }[];
  readonly sysctls: { name: string; value: string }[];
}

async function diagnosis(surroundings = {}): Promise<Diagnosis> {
  const { stdout, stderr, code } = await cli(['doctor', '--json'], surroundings);
  assert.equal(code, 0, stderr);
  return jsonLines(stdout)[0] as unknown as Diagnosis;
}

const words = (line: string) => line.trim().split(/\s+/).join(' ');

/** The lines of the section "What doctor shows". */
function documented(): string[] {
  const page = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('### What doctor shows')).split('\n## ')[0]!;
  return [...section.matchAll(/^```text\n([\s\S]*?)^```$/gm)].flatMap(([, text]) =>
    text!.split('\n').map(words),
  );
}

const stateOf = ({ families }: Diagnosis, wanted: string) => families.find(({ name }) => name === wanted);

describe('doctor', () => {
  test('names the runtime, the binary and the sockets of this kernel', async () => {
    const found = await diagnosis();
    assert.equal(found.runtime.runtime, `Node.js ${process.versions.node}`);
    assert.match(found.runtime.binary, /\.node$/);
    assert.equal(found.runtime.problem, undefined);
    for (const name of ['TCP', 'UDP', 'Unix stream']) assert.equal(stateOf(found, name)?.state, 'available');
    for (const { state, remedy } of found.families) {
      if (state !== 'available') assert.match(remedy ?? '', /\w/);
    }
  });

  test('the settings are those of the kernel', {
    skip: process.platform !== 'linux' && 'needs Linux',
  }, async () => {
    const { sysctls } = await diagnosis();
    const value = sysctls.find(({ name }) => name === 'net.core.somaxconn')?.value;
    assert.equal(value, readFileSync('/proc/sys/net/core/somaxconn', 'latin1').trim());
  });

  test('says what nobody is not permitted to do', { skip: needsRoot }, async () => {
    const root = await diagnosis();
    const nobody = await diagnosis({ uid: 65534 });
    assert.ok(nobody.capabilities.every(({ held }) => !held));
    assert.equal(stateOf(nobody, 'raw IP')?.state, 'forbidden');
    assert.match(stateOf(nobody, 'raw IP')?.remedy ?? '', /CAP_NET_RAW/);
    assert.equal(stateOf(nobody, 'TCP')?.state, stateOf(root, 'TCP')?.state);
  });

  test('docs/cli.md shows lines that it prints', { skip: needsRoot }, async () => {
    const outputs = await Promise.all([cli(['doctor']), cli(['doctor'], { uid: 65534 })]);
    const printed = outputs.flatMap(({ stdout }) => stdout.split('\n').map(words));
    const sockets = printed.flatMap(line => /^(?:available|forbidden|missing) (.*)/.exec(line)?.[1] ?? []);
    const shown = documented().filter(line => /^(available|forbidden|missing|(not )?held) /.test(line));
    assert.ok(shown.length > 5, `${shown.length} lines are shown`);
    for (const line of shown) {
      // What this machine has in another state still has its row, with this name and socket.
      const [, row] =
        /^(?:available|forbidden|missing) (.* AF_\S+ SOCK_\S+(?: (?!AF_)[A-Z0-9_]+\b)?)/.exec(line) ?? [];
      const isPrinted =
        printed.includes(line) || sockets.some(socket => row && `${socket} `.startsWith(`${row} `));
      assert.ok(isPrinted, `doctor does not print: ${line}`);
    }
  });

  test('works where the binary does not load', async () => {
    const { code, stdout } = await cli(['doctor'], { env: { BERKELEY_BINDING: '/nonexistent.node' } });
    assert.equal(code, 1);
    assert.match(stdout, /binary +\/nonexistent\.node \(there is no such file\)/);
    assert.match(stdout, /could not load its binary/);
    assert.match(stdout, /^Settings$/m);
  });

  test('text has no colours where it is not a terminal', async () => {
    const { stdout } = await cli(['doctor']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape of colours
    assert.doesNotMatch(stdout, /\x1b/);
  });

  test('a missing family ends a command with what doctor says of it', async context => {
    const can = stateOf(await diagnosis(), 'CAN');
    if (can?.state === 'available') return context.skip('this kernel has CAN');
    const { code, stderr } = await cli(['dump', 'any']);
    assert.equal(code, 1);
    assert.ok(stderr.includes(can?.remedy ?? 'nothing'), stderr);
  });
});
