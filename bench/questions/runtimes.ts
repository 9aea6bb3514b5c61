import type { Contestant } from '../contestant.js';

/** What is measured on Bun and on Deno. */
interface OnRuntimes {
  /** The names of their own APIs. */
  readonly own: { readonly bun: string; readonly deno: string };
  /** The module of Node that both have too. */
  readonly node: string;
  /** Our ways of serving, and their names. */
  readonly ours: Readonly<Record<string, string>>;
  /** Why ours cannot be measured on a runtime. */
  readonly absent?: Readonly<Partial<Record<'bun' | 'deno', string>>>;
}

/** Contestants on Bun and Deno. They take part with `runtimes` on the command line. */
export function onRuntimes({ own, node, ours, absent = {} }: OnRuntimes): Contestant[] {
  return (['bun', 'deno'] as const).flatMap((runtime): Contestant[] => [
    { name: own[runtime], language: runtime, runtime },
    { name: `${runtime}: ${node}`, language: 'node', runtime },
    ...Object.entries(ours).map(
      ([way, name]): Contestant => ({
        name: `${runtime}: berkeley ${name}`,
        language: 'berkeley',
        way,
        runtime,
        ...(absent[runtime] !== undefined && { absent: absent[runtime] }),
      }),
    ),
  ]);
}
