/**
 * The side of this package in the parity tests: plays the scripts of sockets-script.ts, with Python's names
 * translated.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as berkeley from 'berkeley';
import { ResolverError, type SocketAddress, SocketError, UnsupportedError } from 'berkeley';
import { functions, type Method, methods, waiting, waitingFunctions } from './sockets-calls.js';
import type { Given, Outcome, Step } from './sockets-script.js';

export type Face = 'sync' | 'promise';

function constant(name: string): number {
  const constants: Readonly<Record<string, unknown>> = { ...berkeley };
  return name.split('|').reduce((value, part) => value | (constants[part] as number), 0);
}

function addressJson(address: SocketAddress | null): unknown {
  if (address === null) return null;
  const { family, ...fields } = address;
  if ('path' in fields) return { pathHex: Buffer.from(fields.path as string).toString('hex') };
  if ('abstract' in fields) return { abstractHex: Buffer.from(fields.abstract).toString('hex') };
  return fields;
}

/** The outcome of a call, as JSON. */
function shape(method: string, result: unknown, given: readonly unknown[]): unknown {
  if (result instanceof berkeley.Socket || result === undefined || method === 'open_file') return null;
  if (result instanceof Uint8Array) return { hex: Buffer.from(result).toString('hex') };
  if (method === 'fileno' || method === 'detach') return Math.min(result as number, 0);
  if (method === 'recv_into') return [result, (given[0] as Buffer).toString('hex')];
  if (typeof result !== 'object' || result === null) return result;
  if ('bytesRead' in result && 'address' in result) {
    return [
      result.bytesRead,
      (given[0] as Buffer).toString('hex'),
      addressJson(result.address as SocketAddress),
    ];
  }
  if ('data' in result && 'address' in result) {
    return [(result.data as Buffer).toString('hex'), addressJson(result.address as SocketAddress)];
  }
  return addressJson(result as SocketAddress);
}

/** An error in Python's terms. Python has no UnsupportedError, and uses OSError for a plain SocketError. */
function outcomeOf(error: unknown): Outcome {
  // EAI_ constants are already negative.
  if (error instanceof ResolverError) return { error: error.name, errno: error.errno };
  if (error instanceof SocketError) {
    const isPlain = error instanceof UnsupportedError || error.constructor === SocketError;
    return { error: isPlain ? 'OSError' : error.name, errno: -error.errno };
  }
  const isArgument = error instanceof TypeError || error instanceof RangeError;
  if (isArgument && 'code' in error && String(error.code).startsWith('ERR_')) return 'refused';
  throw error;
}

/** The state of a running script: its named sockets and values. */
class Script {
  readonly #names = new Map<string, unknown>();

  constructor(private readonly face: Face) {}

  async step([line, ...given]: Step): Promise<Outcome> {
    try {
      return { value: await this.#run(line, given) };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  async #run(line: string, given: readonly Given[]): Promise<unknown> {
    const [, names = '', on, method = ''] = /^(?:(.+) = )?(?:(\w+)\.)?(\w+)$/.exec(line)!;
    const argv = given.map(argument => this.#argument(argument)) as never[];
    const socket = this.#names.get(on ?? '') as Parameters<Method>[0];
    const result = await (on === undefined ? this.#call(method, argv) : this.#callOn(socket, method, argv));
    return this.#keep(names, method, result, argv);
  }

  #call(name: string, argv: never[]): unknown {
    return (waitingFunctions[name]?.[this.face] ?? functions[name]!)(...argv);
  }

  #callOn(socket: Parameters<Method>[0], method: string, argv: never[]): unknown {
    if (!(method in waiting)) return methods[method]!(socket, ...argv);
    if (this.face === 'sync') return waiting[method]!.sync(socket, ...argv);
    return waiting[method]!.promise(socket, { timeout: socket.timeout }, ...argv);
  }

  #keep(names: string, method: string, result: unknown, argv: readonly unknown[]): unknown {
    if (names === '') return shape(method, result, argv);
    if (method === 'accept') {
      const { socket, address } = result as berkeley.Accepted<'inet'>;
      this.#name(names, socket);
      return addressJson(address);
    }
    if (method === 'socketpair') {
      for (const [i, name] of names.split(', ').entries()) this.#name(name, (result as unknown[])[i]);
      return null;
    }
    this.#name(names, result);
    return shape(method, result, argv);
  }

  /** The previous owner of the name is closed, as Python closes it when nothing refers to it any more. */
  #name(name: string, value: unknown): void {
    const before = this.#names.get(name);
    if (before instanceof berkeley.Socket) before.close();
    this.#names.set(name, value);
  }

  #argument(given: Given): unknown {
    if (typeof given === 'string') return constant(given);
    if (typeof given !== 'object' || given === null) return given;
    if ('of' in given) return this.#names.get(given.of as string);
    if ('text' in given) return Buffer.from(given.text as string);
    if ('hex' in given) return Buffer.from(given.hex as string, 'hex');
    if ('zeros' in given) return Buffer.alloc(given.zeros as number);
    if ('room' in given) return Buffer.alloc(given.room as number);
    if ('pathHex' in given) return { path: Buffer.from(given.pathHex as string, 'hex') };
    if ('abstractHex' in given) return { abstract: Buffer.from(given.abstractHex as string, 'hex') };
    return given;
  }

  close(): void {
    for (const value of this.#names.values()) if (value instanceof berkeley.Socket) value.close();
    berkeley.setDefaultTimeout(null);
  }
}

/** Plays a script in its own directory. */
export async function playOurs(steps: readonly Step[], face: Face): Promise<Outcome[]> {
  const [folder, before] = [mkdtempSync(join(tmpdir(), 'berkeley-parity-')), process.cwd()];
  process.chdir(folder);
  const script = new Script(face);
  try {
    const outcomes: Outcome[] = [];
    for (const step of steps) outcomes.push(await script.step(step));
    return outcomes;
  } finally {
    script.close();
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}
