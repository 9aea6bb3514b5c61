/**
 * The packed package, installed as a user would: by two versions of npm, in an empty folder outside of the repository,
 * without install scripts, without a network, and with no program on PATH but Node.js, so that nothing can be compiled.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../native-sources.mjs';
import { npms } from './cells.mjs';

/** What the first example of the README prints. */
const GREETING = 'Received "Hello, world" from 127.0.0.1\n';

const LIMIT = 120_000;

/** The first example of a page, which is JavaScript too. */
function firstExample(page) {
  const [, code] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(page, 'utf8'));
  return code;
}

/** An environment with nothing of this machine's but the programs of a folder. */
function bareEnvironment(path, home) {
  return { PATH: path, HOME: home, TMPDIR: tmpdir(), NO_COLOR: '1' };
}

function pack(folder) {
  const args = ['pack', join(root, 'build/package'), '--silent', '--pack-destination', folder];
  return join(folder, execFileSync('npm', args, { encoding: 'utf8' }).trim());
}

function install({ file, node }, archive, folder, home) {
  mkdirSync(folder);
  const options = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--no-update-notifier'];
  execFileSync(node, [file, 'install', archive, ...options], {
    cwd: folder,
    env: bareEnvironment(dirname(node), home),
    stdio: 'pipe',
    timeout: LIMIT,
  });
  const found = readdirSync(join(folder, 'node_modules')).filter(name => !name.startsWith('.'));
  if (found.join() !== 'berkeley') throw new Error(`it installed ${found.join(', ')}`);
  writeFileSync(join(folder, 'example.mjs'), firstExample(join(folder, 'node_modules/berkeley/README.md')));
}

/** Adds the compiled tests to a folder, with those modules of the sources that they use beside the package. */
function addTests(folder) {
  cpSync(join(root, 'build/test'), join(folder, 'build/test'), { recursive: true });
  cpSync(join(root, 'dist'), join(folder, 'sources'), { recursive: true });
  symlinkSync(join(root, 'test'), join(folder, 'test'));
  const file = join(folder, 'package.json');
  // Bun maps no name to a file in node_modules.
  writeFileSync(
    join(folder, 'binding.cjs'),
    "module.exports = require('./node_modules/berkeley/binding.cjs');\n",
  );
  const imports = { '#src/*': './sources/*', '#binding': './binding.cjs' };
  const manifest = { ...JSON.parse(readFileSync(file, 'utf8')), type: 'module', imports };
  writeFileSync(file, JSON.stringify(manifest));
}

/** The package in one folder per version of npm, and in one with the tests. The folders are removed at the end. */
export class Installed {
  #folder = realpathSync(mkdtempSync(join(tmpdir(), 'berkeley-installed-')));
  #home = join(this.#folder, 'home');
  /** The folder with the tests. */
  tests = join(this.#folder, 'tests');
  /** What went wrong, by version of npm. */
  problems = [];
  /** The versions of npm that installed it. */
  installed = [];

  constructor() {
    process.on('exit', () => rmSync(this.#folder, { recursive: true, force: true }));
    mkdirSync(this.#home);
    const archive = pack(this.#folder);
    for (const npm of npms) this.#try(npm, archive);
    mkdirSync(join(this.tests, 'node_modules/berkeley'), { recursive: true });
    execFileSync('tar', [
      '-xzf',
      archive,
      '-C',
      join(this.tests, 'node_modules/berkeley'),
      '--strip-components=1',
    ]);
    writeFileSync(join(this.tests, 'package.json'), '{ "dependencies": { "berkeley": "*" } }');
    addTests(this.tests);
  }

  #try(npm, archive) {
    const missing = [npm.file, npm.node].find(file => !existsSync(file));
    try {
      if (missing !== undefined) throw new Error('not installed: npm run runtimes -- --all');
      install(npm, archive, join(this.#folder, npm.name), this.#home);
      this.installed.push(npm.name);
    } catch (error) {
      this.problems.push(`${npm.name}: ${error.message}\n${error.stderr ?? ''}`);
    }
  }

  /** Runs the example on a runtime in each folder; the result is what failed. */
  failures({ run: [command, ...args], environment }) {
    return this.installed.flatMap(name => {
      const folder = join(this.#folder, name);
      const env = { ...bareEnvironment(join(this.#folder, 'nothing'), this.#home), ...environment };
      try {
        const file = join(folder, 'example.mjs');
        const output = execFileSync(command, [...args, file], {
          cwd: folder,
          env,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
          timeout: LIMIT,
        });
        return output === GREETING ? [] : [`${name}: it printed ${JSON.stringify(output)}`];
      } catch (error) {
        return [`${name}: ${error.message}\n${error.stderr ?? ''}`.slice(0, 2000)];
      }
    });
  }
}
