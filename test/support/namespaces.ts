/** Network namespaces with iproute2: the other ends of links, on one machine. */
import { execFileSync } from 'node:child_process';

let count = 0;

/** A network namespace of the test's own, with its loopback up. */
export class Namespace {
  /** Its name, short enough to be part of an interface's. */
  readonly name: string = `bk${process.pid % 100_000}n${++count}`;

  constructor() {
    execFileSync('ip', ['netns', 'add', this.name]);
    ip(['link', 'set', 'lo', 'up'], this);
  }

  /** A program and its arguments, as they run inside. */
  command(...command: string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, ...command]];
  }

  /** Removes it, and with it the interfaces inside and their peers. */
  remove(): void {
    execFileSync('ip', ['netns', 'del', this.name]);
  }
}

/** Runs `ip`, here or in a namespace, and gives what it tells. */
export function ip(args: readonly string[], namespace?: Namespace): Record<string, unknown>[] {
  const where = namespace === undefined ? [] : ['-n', namespace.name];
  const output = execFileSync('ip', ['-j', ...where, ...args], { encoding: 'utf8' });
  return output.trim() === '' ? [] : (JSON.parse(output) as Record<string, unknown>[]);
}
