// Installs libraries that use node:net into build/ecosystem, and runs them over berkeley/net with real servers:
// test/ecosystem. `npm run test:ecosystem -- name` runs only the tests whose name contains `name`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const folder = 'build/ecosystem';
const packages = [
  ...['ioredis@6.0.0', 'mqtt@5.16.0', 'mysql2@3.24.6', 'nodemailer@10.6.1', 'pg@8.23.1'],
  ...['smtp-server@3.21.6', 'ssh2@1.17.0', 'undici@6.29.1', 'ws@8.23.0'],
];

mkdirSync(folder, { recursive: true });
const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=optional'];
execFileSync('npm', ['install', ...flags, '--prefix', folder, ...packages], { stdio: 'inherit' });
const env = { ...process.env, BERKELEY_ECOSYSTEM: '1' };
const name = process.argv[2];
const only = name === undefined ? [] : [`--test-name-pattern=${name}`];
const test = [
  '--test',
  '--test-reporter=spec',
  '--test-timeout=300000',
  ...only,
  'build/test/ecosystem/net.test.js',
];
process.exitCode = spawnSync(process.execPath, test, { env, stdio: 'inherit' }).status ?? 1;
