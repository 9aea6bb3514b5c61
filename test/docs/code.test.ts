/** The programs on the pages: all compile, and those of the README and of guides run and print what the page says. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { AF_CAN, AF_UNIX, CAN_RAW, SOCK_DGRAM, SOCK_RAW, Socket } from 'berkeley';
import { vcan } from '../support/can.js';
import { needsSocket, notOnWindows } from '../support/kernel.js';
import { type PageProgram, pages, programsIn, root } from './pages.js';

const run = promisify(execFile);
const LIMIT = { timeout: 60_000 };

const noCan = needsSocket('AF_CAN and vcan0', AF_CAN, SOCK_RAW, CAN_RAW, vcan);

/** Inside the package, so that the programs can import it by its name. */
const folder = join(root, 'build/docs');
const log = mkdtempSync(join(tmpdir(), 'berkeley-docs-'));
const DEV_LOG = join(log, 'log');

interface Program extends PageProgram {
  readonly page: string;
  readonly name: string;
}

const programs: readonly Program[] = pages().flatMap(page =>
  programsIn(page)
    .filter(({ code }) => code.includes("from 'berkeley")) // otherwise it is a fragment
    .map(({ code, output }, i) => ({
      page,
      name: `${page.replace(/\W/g, '-')}-${i + 1}`,
      code: code.replaceAll('/dev/log', DEV_LOG),
      output,
    })),
);

const options = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    ...{
      rootDir: '.',
      outDir: '.',
      tsBuildInfoFile: 'tsbuildinfo',
      declaration: true,
      declarationMap: false,
    },
    ...{ sourceMap: false, noUnusedLocals: false },
  },
  include: ['*.ts'],
  exclude: ['*.d.ts'],
};

async function compile(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, code } of programs) writeFileSync(join(folder, `${name}.ts`), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
  await run(process.execPath, [tsc, '-p', folder], LIMIT).catch(({ stdout }) => assert.fail(stdout));
}

async function play({ name }: Program): Promise<string> {
  const { stdout } = await run(process.execPath, [join(folder, `${name}.js`)], LIMIT);
  return stdout;
}

describe('programs on the pages', () => {
  after(() => rmSync(log, { recursive: true }));
  let compiled: Promise<void>;
  before(() => {
    compiled = compile();
    compiled.catch(() => {});
  });

  test('compile', async () => {
    assert.ok(programs.length >= 4);
    await compiled;
  });

  for (const program of programs.filter(({ page }) => page.startsWith('docs/guides/'))) {
    test(`${program.name} runs`, { skip: notOnWindows('Unix sockets of every type') }, async () => {
      await compiled;
      const printed = await play(program);
      if (program.output === undefined) assert.notEqual(printed, '');
      else assert.equal(printed, program.output);
    });
  }

  for (const program of programs.filter(({ page }) => page === 'README.md')) {
    test(`${program.name} runs`, { skip: program.code.includes('AF_CAN') && noCan }, async () => {
      await compiled;
      using syslog = new Socket(AF_UNIX, SOCK_DGRAM); // stands in for /dev/log
      syslog.bind({ path: DEV_LOG });
      try {
        const output = await play(program);
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
