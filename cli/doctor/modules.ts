/** Whether this kernel can load the modules that remedies name: modprobe(8), proc_modules(5). */
import { accessSync } from 'node:fs';
import { release } from 'node:os';
import process from 'node:process';

/** Returns where the modules of this kernel are, or what to do without them; `undefined` if that is not known. */
export function reportModules(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = `/lib/modules/${release()}`;
  const [hasModules, canLoad] = [isThere(folder), isThere('/proc/modules')];
  if (hasModules === undefined || canLoad === undefined) return undefined;
  if (!canLoad) return 'none: this kernel loads no modules; what is missing needs another kernel';
  return hasModules
    ? folder
    : `${folder} is not here: install it, or load modules on the host of this container`;
}

/** Returns `undefined` if the runtime does not permit the question: Deno without --allow-all. */
function isThere(path: string): boolean | undefined {
  try {
    accessSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? false : undefined;
  }
}
