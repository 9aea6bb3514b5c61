/** The handler classes: the order of their methods, their files, and what they leave open. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isTimeout, SHUT_WR, SocketError, type TimeoutError } from 'berkeley';
import { IPPROTO_TCP, TCP_NODELAY } from 'berkeley/constants';
import { so } from 'berkeley/options';
import {
  BaseRequestHandler,
  DatagramRequestHandler,
  type InternetFamily,
  StreamRequestHandler,
  TCPServer,
  UDPServer,
} from 'berkeley/socketserver';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { ask, connectTo, deferred, kinds, LIMIT, serving } from './support.js';

await warmUp();

const loopback = { host: '127.0.0.1', port: 0 };
const tcp = kinds[0]!;
const udp = kinds[1]!;

/** Serves requests with a handler, and collects the errors. */
async function serve(
  handler: unknown,
  use: (server: never) => Promise<unknown>,
  kind = tcp,
): Promise<unknown[]> {
  const errors: unknown[] = [];
  class Collecting extends kind.Server {
    override handleError(error: unknown): void {
      errors.push(error);
    }
  }
  const server = new Collecting(kind.address(), handler);
  await serving(server, () => use(server as never));
  return errors;
}

/** Waits until a server handles nothing. */
async function idle(server: { activeRequests: number }): Promise<void> {
  while (server.activeRequests > 0) await new Promise(setImmediate);
}

describe('the methods of a handler', () => {
  /** Handlers that record their calls, and fail in one of them. */
  const recording = (calls: string[], failing: string) =>
    class extends BaseRequestHandler {
      async #call(name: string): Promise<void> {
        await new Promise(setImmediate);
        calls.push(name);
        if (name === failing) throw new Error(name);
      }
      override setup = () => this.#call('setup');
      override finish = () => this.#call('finish');
      override handle(): Promise<void> {
        return this.#call('handle');
      }
    };

  for (const [failing, wanted] of [
    ['none', ['setup', 'handle', 'finish']],
    ['setup', ['setup']],
    ['handle', ['setup', 'handle', 'finish']],
    ['finish', ['setup', 'handle', 'finish']],
  ] as const) {
    test(`are called in order, each after the other has ended; ${failing} fails`, async () => {
      const calls: string[] = [];
      const errors = await serve(recording(calls, failing), async server => {
        assert.equal(await ask(server, tcp, ''), '');
      });
      assert.deepEqual(calls, wanted);
      assert.deepEqual(
        errors.map(error => (error as Error).message),
        failing === 'none' ? [] : [failing],
      );
    });
  }

  test('an instance has its own fields, and the arguments', async () => {
    const seen: unknown[] = [];
    class Counting extends BaseRequestHandler {
      count = 0;
      override handle(): void {
        seen.push(++this.count, (this.clientAddress as { host: string }).host, this.server);
      }
    }
    await serve(Counting, async server => {
      await ask(server, tcp, '');
      await ask(server, tcp, '');
      assert.deepEqual(seen, [1, '127.0.0.1', server, 1, '127.0.0.1', server]);
    });
  });
});

describe('a stream handler', () => {
  test('reads and writes in all forms', async () => {
    class Forms extends StreamRequestHandler {
      override async handle(): Promise<void> {
        const first = String(await this.rfile.readline());
        const second = String(await this.rfile.read(3));
        const rest: string[] = [];
        for await (const line of this.rfile) rest.push(String(line));
        assert.equal(await this.wfile.write(first), first.length);
        this.wfile.writeSync(second);
        await this.wfile.writelines(rest);
        this.wfile.writelinesSync(['|', Buffer.from('end')]);
        await this.wfile.flush();
        this.wfile.flushSync();
      }
    }
    const errors = await serve(Forms, async server => {
      assert.equal(await ask(server, tcp, 'one\ntwo\nthree\nfour'), 'one\ntwo\nthree\nfour|end');
    });
    assert.deepEqual(errors, []);
  });

  for (const [wbufsize, early] of [
    [0, 'early'],
    [-1, ''],
    [64, ''],
  ] as const) {
    test(`sends at once or at the end, with wbufsize ${wbufsize}`, async () => {
      const [written, proceed] = [deferred(), deferred()];
      class Buffered extends StreamRequestHandler {
        override wbufsize = wbufsize;
        override disableNagleAlgorithm = true;
        override async handle(): Promise<void> {
          assert.equal(this.connection.getsockopt(IPPROTO_TCP, TCP_NODELAY), 1);
          assert.equal(this.connection, this.request);
          await this.wfile.write('early');
          written.resolve();
          await proceed.promise;
          await this.wfile.write(' late');
        }
      }
      const errors = await serve(Buffered, async server => {
        using client = await connectTo(server, tcp);
        await written.promise;
        const got = await client.recv(100, { timeout: early === '' ? 0 : LIMIT }).catch(error => error.code);
        assert.equal(String(got), early === '' ? 'EAGAIN' : early);
        proceed.resolve();
        let rest = '';
        for await (const chunk of client.chunks({ timeout: LIMIT })) rest += chunk;
        assert.equal(rest, early === '' ? 'early late' : ' late');
      });
      assert.deepEqual(errors, []);
    });
  }

  test('has a limit for each call, in both forms and directions', async () => {
    const failures: TimeoutError[] = [];
    class Impatient extends StreamRequestHandler {
      override timeout = 20;
      override async handle(): Promise<void> {
        const keep = (error: unknown): void => void failures.push(error as TimeoutError);
        await this.rfile.readline().catch(keep);
        await this.rfile.readline({ timeout: 10 }).catch(keep);
        for (const call of [() => this.rfile.readSync(1), () => this.connection.recvSync(1)]) {
          try {
            call();
          } catch (error) {
            keep(error);
          }
        }
        // The client reads nothing: the buffers of both ends fill up.
        for (let i = 0; i < 1e6 && failures.length < 5; i++)
          await this.wfile.write(Buffer.alloc(65536)).catch(keep);
      }
    }
    const ended = deferred();
    const errors = await serve(Impatient, async server => {
      using client = await connectTo(server, tcp);
      assert.ok(!client.closed);
      while ((server as { activeRequests: number }).activeRequests === 0) await new Promise(setImmediate);
      await idle(server);
      ended.resolve();
    });
    await ended.promise;
    assert.deepEqual(errors, []);
    assert.deepEqual(
      failures.map(error => [isTimeout(error), error.timeout]),
      [20, 10, 20, 20, 20].map(limit => [true, limit]),
    );
  });

  test('ends well when the client disconnects during the request', async () => {
    const [started, gone] = [deferred(), deferred()];
    const seen: unknown[] = [];
    class Buffered extends StreamRequestHandler {
      override wbufsize = 1 << 20;
      override async handle(): Promise<void> {
        started.resolve();
        await gone.promise;
        seen.push(await this.rfile.read(1).catch(error => error.code));
        await this.wfile.write(Buffer.alloc(1000)); // it is buffered; finish() cannot send it
      }
    }
    const before = countDescriptors();
    const errors = await serve(Buffered, async server => {
      const client = await connectTo(server, tcp);
      await started.promise;
      client.setOption(so.linger, { seconds: 0 }); // close() resets the connection
      client.close();
      gone.resolve();
      await idle(server);
    });
    assert.deepEqual([seen, errors], [['ECONNRESET'], []]);
    assert.ok(countDescriptors() <= before);
  });

  test('passes errors of the client on to handleError()', async () => {
    class Writing extends StreamRequestHandler {
      override async handle(): Promise<void> {
        await this.rfile.read();
        for (;;) await this.wfile.write(Buffer.alloc(65536));
      }
    }
    const errors = await serve(Writing, async server => {
      const client = await connectTo(server, tcp);
      client.shutdown(SHUT_WR);
      await client.recv(1, { timeout: LIMIT });
      client.close();
      await idle(server);
    });
    assert.equal(errors.length, 1);
    assert.ok(errors[0] instanceof SocketError);
    assert.match(errors[0].code, /^(EPIPE|ECONNRESET)$/);
  });

  for (const [how, Handler] of [
    [
      'finish() does not call super.finish()',
      class extends StreamRequestHandler {
        override wbufsize = -1;
        override async handle(): Promise<void> {
          await this.wfile.write('buffered');
        }
        override async finish(): Promise<void> {}
      },
    ],
    [
      'setup() fails after super.setup()',
      class extends StreamRequestHandler {
        override async setup(): Promise<void> {
          await super.setup();
          await this.wfile.write('buffered');
          throw new Error('setup');
        }
      },
    ],
  ] as const) {
    test(`leaves no descriptor open if ${how}`, async () => {
      await serve(Handler, async server => {
        const before = countDescriptors();
        assert.equal(await ask(server, tcp, ''), 'buffered');
        await idle(server);
        assert.equal(countDescriptors(), before);
      });
    });
  }

  for (const [name, value] of [
    ['timeout', -1],
    ['rbufsize', 'x'],
    ['wbufsize', -2],
    ['disableNagleAlgorithm', 1],
  ] as const) {
    test(`refuses an invalid ${name}`, async () => {
      class Invalid extends StreamRequestHandler {
        override async setup(): Promise<void> {
          Object.assign(this, { [name]: value });
          await super.setup();
        }
      }
      const errors = await serve(Invalid, server => ask(server, tcp, ''));
      assert.match((errors[0] as Error).message, new RegExp(`"${name}"`));
    });
  }
});

describe('a datagram handler', () => {
  test('reads and writes in all forms, and sends one datagram', async () => {
    class Forms extends DatagramRequestHandler {
      override async handle(): Promise<void> {
        assert.equal(String(this.packet), 'one\ntwo\nthree\nfour');
        assert.equal(String(await this.rfile.readline(2)), 'on');
        const first = String(await this.rfile.readline());
        const second = String(this.rfile.readSync(3));
        const rest: string[] = [];
        for await (const line of this.rfile) rest.push(String(line));
        assert.equal(this.rfile.readlineSync().length, 0);
        await this.wfile.write('on');
        this.wfile.writeSync(first);
        await this.wfile.writelines([second, ...rest]);
        this.wfile.writelinesSync(['|', Buffer.from('end')]);
        await this.wfile.flush();
        this.wfile.flushSync();
      }
    }
    const errors = await serve(
      Forms,
      async server =>
        assert.equal(await ask(server, udp, 'one\ntwo\nthree\nfour'), 'one\ntwo\nthree\nfour|end'),
      udp,
    );
    assert.deepEqual(errors, []);
  });

  test('sends nothing if nothing was written, and an empty datagram if that was written', async () => {
    class Silent extends DatagramRequestHandler<InternetFamily> {
      override async handle(): Promise<void> {
        if (this.packet.length > 0) await this.wfile.write('');
      }
    }
    await serve(
      Silent,
      async server => {
        using client = await connectTo(server, udp);
        await client.send('');
        await client.send('x');
        assert.equal((await client.recv(10, { timeout: LIMIT })).length, 0);
        await idle(server);
        await assert.rejects(client.recv(10, { timeout: 0 }), { code: 'EAGAIN' });
      },
      udp,
    );
  });

  test('one class serves streams and datagrams', async () => {
    const both = (Base: typeof StreamRequestHandler | typeof DatagramRequestHandler) =>
      class extends (Base as typeof StreamRequestHandler) {
        override async handle(): Promise<void> {
          for await (const line of this.rfile) await this.wfile.write(`<${line}>`);
        }
      };
    await serve(both(StreamRequestHandler), async server =>
      assert.equal(await ask(server, tcp, 'a\nb'), '<a\n><b>'),
    );
    await serve(
      both(DatagramRequestHandler),
      async server => assert.equal(await ask(server, udp, 'a\nb'), '<a\n><b>'),
      udp,
    );
  });

  test('truncates datagrams to maxPacketSize', async () => {
    const server = new UDPServer(loopback, ({ data, socket }, client) => socket.sendto(data, client), {
      maxPacketSize: 4,
    });
    await serving(server as never, async () =>
      assert.equal(await ask(server as never, udp, 'longer'), 'long'),
    );
  });
});

test('a handler of another copy of the package is recognised by its method', async () => {
  class Foreign {
    constructor(readonly request: { sendAll(text: string): Promise<void> }) {}
    setup(): void {}
    async handle(): Promise<void> {
      await this.request.sendAll('foreign');
    }
    finish(): void {}
  }
  await serve(Foreign, async server => assert.equal(await ask(server, tcp, ''), 'foreign'));
  assert.equal(new TCPServer(loopback, Foreign as never).unref().serverClose().constructor, Promise);
});
