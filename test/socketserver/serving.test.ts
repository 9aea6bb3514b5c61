/** Servers: how they serve, end and fail, and what a subclass can define. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AF_INET6, createServer, hasIpv6, isTimeout, SHUT_WR, SOCK_STREAM, Socket } from 'berkeley';
import { SO_REUSEADDR, SO_REUSEPORT, SOL_SOCKET } from 'berkeley/constants';
import { TCPServer, UDPServer, UnixDatagramServer, UnixStreamServer } from 'berkeley/socketserver';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import {
  type AnyServer,
  ask,
  connectTo,
  deferred,
  kinds,
  LIMIT,
  type ServerKind,
  serving,
} from './support.js';

await warmUp();

const loopback = { host: '127.0.0.1', port: 0 };
const tcp = kinds[0]!;

// biome-ignore lint/suspicious/noExplicitAny: the request of any server
type AnyRequest = any;

/** Reads a request: all of a stream, or a datagram. */
async function textOf({ isStream }: ServerKind, request: AnyRequest): Promise<string> {
  if (!isStream) return String(request.data);
  let text = '';
  for await (const chunk of request.chunks()) text += chunk;
  return text;
}

/** Reads the rest of the request, and replies. The kernel resets a connection that is closed with unread data. */
async function answerUnread(
  kind: ServerKind,
  request: AnyRequest,
  client: unknown,
  text: string,
): Promise<void> {
  await textOf(kind, request);
  await answer(kind, request, client, text);
}

function answer(
  { isStream }: ServerKind,
  request: AnyRequest,
  client: unknown,
  text: string,
): Promise<unknown> {
  return isStream ? request.sendAll(text) : request.socket.sendto(text, client);
}

/** A handler that replies in upper case. */
const upper = (kind: ServerKind) => async (request: AnyRequest, client: unknown) =>
  answer(kind, request, client, (await textOf(kind, request)).toUpperCase());

describe('each server', () => {
  for (const kind of kinds) {
    test(`handles requests with a function, until shutdown(): ${kind.name}`, async () => {
      const server = new kind.Server(kind.address(), upper(kind));
      const loop = server.serveForever();
      assert.equal(await ask(server, kind, 'first'), 'FIRST');
      assert.equal(await ask(server, kind, 'second'), 'SECOND');
      await server.shutdown();
      await loop;
      const again = server.serveForever();
      assert.equal(await ask(server, kind, 'again'), 'AGAIN');
      const address = server.serverAddress;
      await server.serverClose();
      await again; // closing ends the loop as well
      assert.equal(server.fd, -1);
      assert.deepEqual(server.serverAddress, address);
    });

    test(`handles several requests at the same time: ${kind.name}`, async () => {
      const all = deferred();
      let count = 0;
      const server = new kind.Server(kind.address(), async (request: AnyRequest, client: unknown) => {
        if (++count === 3) all.resolve();
        await all.promise;
        await answerUnread(kind, request, client, 'together');
      });
      await serving(server, async () => {
        const replies = await Promise.all(['a', 'b', 'c'].map(each => ask(server, kind, each)));
        assert.deepEqual(replies, ['together', 'together', 'together']);
      });
    });

    test(`handles at most maxRequests: ${kind.name}`, async () => {
      let running = 0;
      let most = 0;
      const handle = async (request: AnyRequest, client: unknown): Promise<void> => {
        most = Math.max(most, ++running);
        await answerUnread(kind, request, client, `${running}`);
        running--;
      };
      const server = new kind.Server(kind.address(), handle, { maxRequests: 1 });
      await serving(server, async () => {
        const replies = await Promise.all(['a', 'b', 'c', 'd'].map(each => ask(server, kind, each)));
        assert.deepEqual(replies, ['1', '1', '1', '1']);
      });
      assert.equal(most, 1);
    });

    test(`handles one request with handleRequest(): ${kind.name}`, async () => {
      const server = new kind.Server(kind.address(), upper(kind));
      const [reply] = await Promise.all([ask(server, kind, 'one'), server.handleRequest({ timeout: LIMIT })]);
      assert.equal(reply, 'ONE');
      await server.serverClose();
    });

    test(`is not bound before serverBind() with bindAndActivate: false: ${kind.name}`, async () => {
      const server = new kind.Server(kind.address(), upper(kind), { bindAndActivate: false });
      const before = server.serverAddress;
      server.serverBind();
      server.serverActivate();
      assert.notDeepEqual(server.serverAddress, before);
      await serving(server, async () => assert.equal(await ask(server, kind, 'bound'), 'BOUND'));
    });

    test(`waits at the end for the requests that are being handled: ${kind.name}`, async () => {
      const [started, finish] = [deferred(), deferred()];
      const server = new kind.Server(kind.address(), async (request: AnyRequest, client: unknown) => {
        started.resolve();
        await finish.promise;
        await answerUnread(kind, request, client, 'late');
      });
      const loop = server.serveForever();
      const reply = ask(server, kind, 'x');
      await started.promise;
      await server.shutdown(); // it does not wait for the request
      await loop;
      assert.equal(server.activeRequests, 1);
      const closed = server.serverClose();
      let isClosed = false;
      void closed.then(() => {
        isClosed = true;
      });
      await new Promise(setImmediate);
      assert.equal(isClosed, false);
      finish.resolve();
      await closed;
      assert.equal(await reply, 'late');
      assert.equal(server.socket.closed, true);
    });

    test(`does not wait with blockOnClose: false: ${kind.name}`, async () => {
      const [started, finish] = [deferred(), deferred()];
      const handle = async (request: AnyRequest, client: unknown): Promise<void> => {
        started.resolve();
        await finish.promise;
        await answerUnread(kind, request, client, 'late');
      };
      const server = new kind.Server(kind.address(), handle, { blockOnClose: false });
      const loop = server.serveForever();
      const reply = ask(server, kind, 'x');
      await started.promise;
      await server.serverClose();
      await loop;
      assert.equal(server.activeRequests, 1);
      finish.resolve();
      assert.equal(await reply, 'late');
    });

    test(`an abort ends serveForever() and handleRequest() with the reason: ${kind.name}`, async () => {
      const server = new kind.Server(kind.address(), upper(kind));
      for (const serve of [
        (signal: AbortSignal) => server.serveForever({ signal }),
        (signal: AbortSignal) => server.handleRequest({ signal }),
      ]) {
        const reason = new Error('enough');
        const controller = new AbortController();
        const served = serve(controller.signal);
        controller.abort(reason);
        await assert.rejects(served, reason);
        await assert.rejects(serve(controller.signal), reason);
      }
      await serving(server, async () => assert.equal(await ask(server, kind, 'usable'), 'USABLE'));
    });

    test(`await using shuts it down and closes it: ${kind.name}`, async () => {
      let loop: Promise<void>;
      {
        await using server = new kind.Server(kind.address(), upper(kind));
        loop = server.serveForever();
        assert.equal(await ask(server, kind, 'used'), 'USED');
      }
      await loop;
    });
  }
});

describe('a subclass', () => {
  test('verifies requests', async () => {
    class Choosy extends TCPServer {
      readonly seen: unknown[] = [];
      override async verifyRequest(request: Socket<'inet' | 'inet6'>, clientAddress: { port: number }) {
        this.seen.push(clientAddress.port === request.getpeername().port);
        return this.seen.length > 1;
      }
    }
    const server = new Choosy(loopback, upper(tcp));
    await serving(server as unknown as AnyServer, async () => {
      assert.equal(await ask(server as never, tcp, 'refused'), '');
      assert.equal(await ask(server as never, tcp, 'accepted'), 'ACCEPTED');
    });
    assert.deepEqual(server.seen, [true, true]);
  });

  test('handles errors of handlers, of verifyRequest() and of processRequest()', async () => {
    const thrown = ['handler', 'verify', 'process'].map(text => new Error(text));
    class Collecting extends TCPServer {
      readonly errors: unknown[] = [];
      count = 0;
      override verifyRequest(): boolean {
        this.count++;
        if (this.count === 2) throw thrown[1];
        return true;
      }
      override async processRequest(...args: Parameters<TCPServer['processRequest']>): Promise<void> {
        if (this.count === 3) throw thrown[2];
        await super.processRequest(...args);
      }
      override async handleError(error: unknown, request: Socket<'inet' | 'inet6'>): Promise<void> {
        assert.equal(request.closed, false); // it is closed afterwards
        this.errors.push(error);
      }
    }
    const server = new Collecting(loopback, () => {
      throw thrown[0];
    });
    const before = countDescriptors();
    await serving(server as unknown as AnyServer, async () => {
      for (let i = 0; i < 3; i++) assert.equal(await ask(server as never, tcp, 'x'), '');
      while (server.activeRequests > 0) await new Promise(setImmediate);
      assert.equal(countDescriptors(), before);
    });
    assert.deepEqual(server.errors, thrown);
  });

  test('ends serveForever() with an error of handleError() or serviceActions()', async () => {
    const failure = new Error('final');
    class Final extends TCPServer {
      override handleError(error: unknown): void {
        throw error;
      }
    }
    const final = new Final(loopback, () => {
      throw failure;
    });
    const loop = final.serveForever();
    const rejected = assert.rejects(loop, failure);
    assert.equal(await ask(final as never, tcp, 'x'), '');
    await rejected;
    await final.serverClose();

    class Acting extends TCPServer {
      override serviceActions(): void {
        throw failure;
      }
    }
    await using acting = new Acting(loopback, () => {});
    acting.ref();
    await assert.rejects(acting.serveForever({ pollInterval: 1 }), failure);
  });

  test('acts after requests and at an interval, once at a time', async () => {
    const acted = deferred();
    let running = 0;
    let count = 0;
    class Acting extends UDPServer {
      override async serviceActions(): Promise<void> {
        assert.equal(++running, 1);
        await new Promise(setImmediate);
        running--;
        if (++count === 5) acted.resolve();
      }
    }
    const server = new Acting(loopback, upper(kinds[1]!));
    const loop = server.serveForever({ pollInterval: 1 });
    assert.equal(await ask(server as never, kinds[1]!, 'x'), 'X');
    await acted.promise;
    await server.shutdown();
    await loop;
    const last = count;
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.ok(count <= last + 1); // no timer is left
    await server.serverClose();
  });

  test('handles timeouts of handleRequest()', async () => {
    class Waiting extends TCPServer {
      timeouts = 0;
      override handleTimeout(): void {
        this.timeouts++;
      }
    }
    const server = new Waiting(loopback, upper(tcp), { timeout: 5 });
    await server.handleRequest();
    assert.equal(server.timeouts, 1);
    server.timeout = null;
    await server.handleRequest({ timeout: 1 });
    await server.handleRequest({ timeout: 0 });
    assert.equal(server.timeouts, 3);
    const caller = await server.handleRequest({ signal: AbortSignal.timeout(1) }).catch(error => error);
    assert.ok(isTimeout(caller)); // the caller's own limit is not the server's
    assert.equal(server.timeouts, 3);
    await server.serverClose();
  });

  test('wraps the connection in processRequest()', async () => {
    class Wrapping extends TCPServer {
      override async processRequest(
        ...[request, client]: Parameters<TCPServer['processRequest']>
      ): Promise<void> {
        await request.sendAll('before ');
        await super.processRequest(request, client);
      }
    }
    const server = new Wrapping(loopback, upper(tcp));
    await serving(server as unknown as AnyServer, async () =>
      assert.equal(await ask(server as never, tcp, 'x'), 'before X'),
    );
  });
});

describe('sockets', () => {
  const isSet = (server: { socket: Socket<'inet' | 'inet6'> }, option: number): boolean =>
    server.socket.getsockopt(SOL_SOCKET, option as never) !== 0;

  test('have the options for ports', async () => {
    await using plain = new TCPServer(loopback, () => {});
    assert.deepEqual([isSet(plain, SO_REUSEADDR), isSet(plain, SO_REUSEPORT)], [true, false]);
    await using shared = new TCPServer(loopback, () => {}, {
      allowReuseAddress: false,
      allowReusePort: true,
    });
    assert.deepEqual([isSet(shared, SO_REUSEADDR), isSet(shared, SO_REUSEPORT)], [false, true]);
    await using second = new TCPServer(shared.serverAddress, () => {}, { allowReusePort: true });
    assert.deepEqual(second.serverAddress, shared.serverAddress);
    await using udp = new UDPServer(loopback, () => {});
    assert.equal(isSet(udp, SO_REUSEADDR), false);
  });

  test('are of IPv6 for an IPv6 host, or by option', {
    skip: !hasIpv6() && 'this machine has no IPv6',
  }, async () => {
    await using byHost = new TCPServer({ host: '::1', port: 0 }, upper(tcp));
    assert.equal(byHost.serverAddress.family, 'inet6');
    await using byOption = new UDPServer({ host: '', port: 0 }, () => {}, { addressFamily: AF_INET6 });
    assert.equal(byOption.serverAddress.family, 'inet6');
  });

  test('can exist before', async () => {
    await using server = new TCPServer(createServer(loopback), upper(tcp));
    const loop = server.serveForever();
    assert.equal(await ask(server as never, tcp, 'existing'), 'EXISTING');
    await server.shutdown();
    await loop;
  });

  test('of another kind are refused, and stay open', () => {
    using stream = new Socket();
    for (const Server of [UDPServer, UnixStreamServer, UnixDatagramServer] as readonly AnyRequest[])
      assert.throws(() => new Server(stream, () => {}), {
        code: 'ERR_INVALID_ARG_VALUE',
        message: /address/,
      });
    assert.equal(stream.closed, false);
  });

  test('are closed when the server cannot be created', async () => {
    await using first = new TCPServer(loopback, () => {});
    const before = countDescriptors();
    for (const make of [
      () => new TCPServer(first.serverAddress, () => {}),
      () => new TCPServer({ host: 'not an address', port: 0 }, () => {}),
      () => new UnixStreamServer({ path: '/nonesuch/path' }, () => {}),
    ])
      assert.throws(make);
    assert.equal(countDescriptors(), before);
  });
});

describe('a server that is misused', () => {
  test('serves with one loop only', async () => {
    const server = new TCPServer(loopback, upper(tcp));
    await serving(server as never, async () => {
      await assert.rejects(server.serveForever(), { code: 'ERR_INVALID_STATE' });
      assert.equal(await ask(server as never, tcp, 'still'), 'STILL');
    });
  });

  test('shutdown() without a loop, and closing twice, do nothing', async () => {
    const server = new TCPServer(loopback, () => {});
    await server.shutdown();
    await server.serverClose();
    await server.serverClose();
    await assert.doesNotReject(server.serveForever()); // it is closed, which ends the loop
    await assert.rejects(server.handleRequest(), { code: 'EBADF' });
  });

  test('a stream server that does not listen says so', async () => {
    await using server = new TCPServer(loopback, () => {}, { bindAndActivate: false });
    await assert.rejects(server.serveForever(), { code: 'EINVAL', syscall: 'accept' });
  });
});

test('a client that connects before the server is closed is served', async () => {
  const server = new TCPServer(loopback, upper(tcp));
  using client = await connectTo(server as never, tcp);
  assert.equal(client.type, SOCK_STREAM);
  const loop = server.serveForever();
  await client.sendAll('pending');
  client.shutdown(SHUT_WR);
  assert.equal(String(await client.recv(100, { timeout: LIMIT })), 'PENDING');
  await server.shutdown();
  await loop;
  await server.serverClose();
});
