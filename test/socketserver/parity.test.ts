/** The same handlers in Python's socketserver and here: the same calls in the same order, and the same replies. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SHUT_WR } from 'berkeley';
import { DatagramRequestHandler, StreamRequestHandler } from 'berkeley/socketserver';
import { askPython, besideSource, withoutPython } from '../support/python.js';
import { connectTo, kinds, LIMIT, type ServerKind } from './support.js';

interface Case {
  readonly request: string;
  readonly reads: readonly ('line' | 'limit' | 'bytes' | 'rest' | 'lines')[];
  readonly wbufsize?: number;
  readonly fail?: 'setup' | 'after' | 'finish';
  readonly verify?: boolean;
  readonly timeout?: number;
  /** Whether a datagram server sends a reply. */
  readonly replies?: boolean;
}

interface Result {
  readonly calls: readonly string[];
  readonly reply: string;
}

const cases: Readonly<Record<string, Case>> = {
  lines: { request: 'one\ntwo\nthree', reads: ['line', 'line', 'line', 'line'] },
  'lines with a limit': { request: 'four\nfive\n', reads: ['limit', 'limit', 'limit', 'limit'] },
  'bytes, then the rest': { request: 'abcdefgh\nij', reads: ['bytes', 'rest', 'rest'] },
  iteration: { request: 'a\n\nb\r\nc', reads: ['lines'] },
  'an empty request': { request: '', reads: ['line', 'rest'] },
  'a buffer for writing': { request: 'x\ny\n', reads: ['line', 'line'], wbufsize: -1 },
  'a handler that fails after a reply': { request: 'x\n', reads: ['line'], fail: 'after' },
  'a handler that fails after a reply, with a buffer': {
    request: 'x\n',
    reads: ['line'],
    fail: 'after',
    wbufsize: -1,
  },
  'a setup() that fails': { request: '', reads: [], fail: 'setup', replies: false },
  'a finish() that fails': { request: 'x\n', reads: ['line'], fail: 'finish' },
  'a request that is not accepted': { request: '', reads: ['line'], verify: false, replies: false },
  'a timeout': { request: '', reads: [], timeout: 20, replies: false },
};

type Names = 'processRequest' | 'finishRequest' | 'shutdownRequest' | 'closeRequest';

/** The server class of a case, which records its calls. */
function serverOf(kind: ServerKind, { verify = true }: Case, calls: string[]): ServerKind['Server'] {
  class Recording extends kind.Server {
    override handleError(error: unknown): void {
      calls.push(`handleError ${(error as Error).message}`);
    }
    override verifyRequest(): boolean {
      calls.push('verifyRequest');
      return verify;
    }
    override handleTimeout(): void {
      calls.push('handleTimeout');
    }
  }
  for (const name of ['processRequest', 'finishRequest', 'shutdownRequest', 'closeRequest'] as Names[]) {
    const original = kind.Server.prototype[name] as (...args: unknown[]) => never;
    Recording.prototype[name] = function (...args: unknown[]): never {
      calls.push(name);
      return original.apply(this, args);
    };
  }
  return Recording;
}

/** The handler class of a case. */
function handlerOf(kind: ServerKind, given: Case, calls: string[]): unknown {
  const Base = (kind.isStream ? StreamRequestHandler : DatagramRequestHandler) as typeof StreamRequestHandler;
  return class extends Base {
    override wbufsize = given.wbufsize ?? 0;

    override async setup(): Promise<void> {
      calls.push('setup');
      if (given.fail === 'setup') throw new Error('setup');
      await super.setup();
    }

    override async handle(): Promise<void> {
      calls.push('handle');
      const reads = {
        line: () => this.rfile.readline(),
        limit: () => this.rfile.readline(3),
        bytes: () => this.rfile.read(4),
        rest: () => this.rfile.read(),
        lines: async () => {
          const lines: string[] = [];
          for await (const line of this.rfile) lines.push(String(line));
          return lines.join('|');
        },
      };
      for (const how of given.reads) await this.wfile.write(`<${await reads[how]()}>`);
      if (given.fail === 'after') throw new Error('after');
    }

    override async finish(): Promise<void> {
      calls.push('finish');
      await super.finish();
      if (given.fail === 'finish') throw new Error('finish');
    }
  };
}

async function readReply(
  client: Awaited<ReturnType<typeof connectTo>>,
  isStream: boolean,
  { replies = true }: Case,
): Promise<string> {
  if (!isStream) return replies ? String(await client.recv(65536, { timeout: LIMIT })) : '';
  let reply = '';
  for await (const chunk of client.chunks({ timeout: LIMIT })) reply += chunk;
  return reply;
}

async function ours(kind: ServerKind, given: Case): Promise<Result> {
  const calls: string[] = [];
  const Server = serverOf(kind, given, calls);
  const server = new Server(kind.address(), handlerOf(kind, given, calls), { timeout: given.timeout });
  let reply = '';
  if (given.timeout === undefined) {
    using client = await connectTo(server, kind);
    await client.send(given.request);
    if (kind.isStream) client.shutdown(SHUT_WR);
    // The whole request is there before the server can end it.
    const handled = server.handleRequest();
    reply = await readReply(client, kind.isStream, given);
    await handled;
  } else {
    await server.handleRequest();
  }
  await server.serverClose();
  return { calls, reply };
}

describe('as in Python', { skip: withoutPython }, () => {
  const all = kinds.flatMap(kind =>
    Object.entries(cases).map(([name, given]) => ({ title: `${name}: ${kind.name}`, kind, given })),
  );
  let theirs: readonly Result[] | undefined;
  const python = (): readonly Result[] => {
    theirs ??= askPython<Result[]>(
      besideSource('parity.py', import.meta.url),
      all.map(({ kind, given }) => [kind.name, given]),
    );
    return theirs;
  };

  for (const [i, { title, kind, given }] of all.entries()) {
    test(title, async () => {
      assert.deepEqual(await ours(kind, given), python()[i]);
    });
  }
});

describe('unlike in Python', { skip: withoutPython }, () => {
  const silent: Case = { request: 'x', reads: [] };

  test('a datagram handler that writes nothing sends nothing', async () => {
    const kind = kinds[1]!;
    const [theirs] = askPython<Result[]>(besideSource('parity.py', import.meta.url), [[kind.name, silent]]);
    assert.equal(theirs?.reply, '');
    assert.ok(theirs.calls.includes('finish')); // it sends an empty datagram, for which the client has waited
    const result = await ours(kind, { ...silent, replies: false });
    assert.deepEqual(result.calls, theirs.calls);
  });
});
