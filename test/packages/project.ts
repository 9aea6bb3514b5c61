/** A folder with `berkeley` and the packages of packages/ in its `node_modules`, under the names that they replace. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tables/root.js';
import { packageFolder } from '../support/packed.js';

export class DropInProject {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'berkeley-drop-ins-')));

  constructor() {
    const modules = join(this.folder, 'node_modules');
    mkdirSync(modules);
    symlinkSync(packageFolder, join(modules, 'berkeley'), 'junction');
    for (const name of ['unix-dgram', 'usocket'])
      cpSync(join(root, 'packages', name), join(modules, name), { recursive: true });
  }

  /** Loads a package as a program in the folder does. */
  // biome-ignore lint/suspicious/noExplicitAny: the packages have no types
  require(name: string): any {
    return createRequire(join(this.folder, 'index.js'))(name);
  }

  /** Returns the path of a file in the folder. */
  path(name: string): string {
    return join(this.folder, name);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
