/** Network namespaces with iproute2: the peers of links, on one machine. */
import { execFileSync } from 'node:child_process';

let count = 0;

/** A network namespace for one test, with its loopback interface up. */
export class Namespace {
  /** The name, short enough to be part of an interface's name. */
  readonly name: string = `bk${process.pid % 100_000}n${++count}`;

  constructor() {
    execFileSync('ip', ['netns', 'add', this.name]);
    ip(['link', 'set', 'lo', 'up'], this);
  }

  /** Returns a program and its arguments to run inside the namespace. */
  command(...command: string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.name, ...command]];
  }

  /** Removes the namespace, the interfaces inside and their peers. */
  remove(): void {
    execFileSync('ip', ['netns', 'del', this.name]);
  }
}

/** Runs `ip`, here or in a namespace, and returns its output. */
export function ip(args: readonly string[], namespace?: Namespace): Record<string, unknown>[] {
  const where = namespace === undefined ? [] : ['-n', namespace.name];
  const output = execFileSync('ip', ['-j', ...where, ...args], { encoding: 'utf8' });
  return output.trim() === '' ? [] : (JSON.parse(output) as Record<string, unknown>[]);
}
