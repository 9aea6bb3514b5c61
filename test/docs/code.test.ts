/** The programs on the pages: all compile, and those of the README and of the guides run. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { AF_CAN, AF_UNIX, CAN_RAW, SOCK_DGRAM, SOCK_RAW, Socket } from 'berkeley';
import { vcan } from '../support/can.js';
import { needsSocket } from '../support/kernel.js';
import { places } from './places.js';
import { allPrograms, CompiledPrograms, checkOutput } from './programs.js';

const noCan = needsSocket('AF_CAN and vcan0', AF_CAN, SOCK_RAW, CAN_RAW, vcan);

const log = mkdtempSync(join(tmpdir(), 'berkeley-docs-'));
const DEV_LOG = join(log, 'log');

const compiled = new CompiledPrograms(
  allPrograms().map(program => ({ ...program, code: program.code.replaceAll('/dev/log', DEV_LOG) })),
);
const { programs } = compiled;

describe('programs on the pages', () => {
  after(() => {
    compiled.remove();
    rmSync(log, { recursive: true });
  });
  let whenCompiled: Promise<void>;
  before(() => {
    whenCompiled = compiled.compile();
    whenCompiled.catch(() => {});
  });

  test('compile', async () => {
    assert.ok(programs.length >= 4);
    await whenCompiled;
  });

  // can.test.ts runs those of the place `can`.
  const isHere = ({ page, place }: (typeof programs)[number]) =>
    page.startsWith('docs/guides/') && place !== 'can';
  for (const program of programs.filter(isHere)) {
    test(`${program.name} runs`, { skip: places[program.place].skip }, async () => {
      await whenCompiled;
      checkOutput(program, await compiled.play(program));
    });
  }

  for (const program of programs.filter(({ page }) => page === 'README.md')) {
    test(`${program.name} runs`, { skip: program.code.includes('AF_CAN') && noCan }, async () => {
      await whenCompiled;
      using syslog = new Socket(AF_UNIX, SOCK_DGRAM); // stands in for /dev/log
      syslog.bind({ path: DEV_LOG });
      try {
        const output = await compiled.play(program);
        if (program.code.includes('Hello, world'))
          assert.equal(output, 'Received "Hello, world" from 127.0.0.1\n');
        if (program.code.includes(DEV_LOG)) {
          assert.match((await syslog.recv(1024, { timeout: 5000 })).toString(), /^<14>berkeley: /);
        }
      } finally {
        rmSync(DEV_LOG);
      }
    });
  }
});
