/** The package as `npm publish` would send it, installed in a folder, with a project of TypeScript around it. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tables/root.js';

/** The package as a folder; scripts/setup.mjs keeps it up to date. */
export const packageFolder: string = join(root, 'build/package');

/** Packs the package into a folder and returns the path of the archive. */
export function pack(into: string, source: string = packageFolder): string {
  if (!existsSync(source)) throw new Error('the package is not built: npm run build');
  const options = { cwd: into, encoding: 'utf8' } as const;
  const name = execFileSync('npm', ['pack', source, '--silent', '--pack-destination', into], options);
  return join(into, name.trim());
}

/** What of Node's own types a program needs. */
const TYPES = ['@types/node', 'undici-types'];

/** A folder outside of this repository that has the package in its `node_modules`. It is removed with `dispose()`. */
export class PackedProject {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'berkeley-packed-')));
  readonly installed: string = join(this.folder, 'node_modules/berkeley');

  constructor(compilerOptions: object = {}) {
    mkdirSync(this.installed, { recursive: true });
    const archive = pack(this.folder);
    execFileSync('tar', ['-xzf', archive, '-C', this.installed, '--strip-components=1']);
    for (const name of TYPES) {
      const from = join(root, 'node_modules', name);
      cpSync(from, join(this.folder, 'node_modules', name), { recursive: true });
    }
    this.write('package.json', JSON.stringify({ type: 'module' }));
    this.configure(compilerOptions);
  }

  /** Writes the configuration of the compiler: for the current TypeScript by default. */
  configure(compilerOptions: object): void {
    const base = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: ['node'] };
    const options = { ...base, ...compilerOptions };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['*.ts', '*.cts'] }));
  }

  /** Writes a file of the project, and returns its path. */
  write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
