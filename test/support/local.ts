/** Sockets that never leave the machine: of AF_UNIX, and on Windows, which has few of them, of AF_INET. */
import { AF_INET, AF_UNIX, type Family } from 'berkeley';
import { freshName } from './names.js';

export const onWindows: boolean = process.platform === 'win32';

/** The family. Its type is that of Unix sockets, so that tests are written once. */
export const LOCAL: Family<'unix'> = (onWindows ? AF_INET : AF_UNIX) as Family<'unix'>;

/** An address for a server. */
export function localAddress(): { readonly abstract: string } {
  if (!onWindows) return { abstract: freshName() };
  return { host: '127.0.0.1', port: 0 } as unknown as { abstract: string };
}

/** An address where nobody listens. */
export const NOBODY = (onWindows ? { host: '127.0.0.1', port: 1 } : { path: '/nonexistent' }) as {
  readonly path: string;
};
