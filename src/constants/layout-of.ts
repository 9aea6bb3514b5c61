/** Layouts of structures that differ between systems. */
import process from 'node:process';

/** Where each field of a structure is, and the structure's size. */
type Layout<Field extends string> = Readonly<Record<Field, number>>;

/** 32-bit Linux, and other systems, where a structure differs from that of 64-bit Linux. */
type Variant = 'ilp32' | 'darwin' | 'freebsd' | 'win32';

const narrow: ReadonlySet<string> = new Set(['arm', 'ia32', 'mips', 'mipsel']);

function currentVariant(): Variant | undefined {
  switch (process.platform) {
    case 'darwin':
    case 'freebsd':
    case 'win32':
      return process.platform;
    default:
      return narrow.has(process.arch) ? 'ilp32' : undefined;
  }
}

const variant = currentVariant();

/**
 * Returns the layout of a structure on this system.
 *
 * @param linux on 64-bit Linux
 * @param others on the systems that differ
 */
export function layoutOf<Field extends string>(
  linux: Layout<Field>,
  others: Readonly<Partial<Record<Variant, Layout<Field>>>>,
): Layout<Field> {
  return (variant && others[variant]) ?? linux;
}
