/** How netlink requests and subscriptions wait, and that they close their sockets however they end. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { AF_INET, NETLINK_KOBJECT_UEVENT, NETLINK_ROUTE, Socket } from 'berkeley';
import { NLM_F_CREATE, RTM_GETLINK, RTM_NEWADDR } from 'berkeley/constants';
import {
  listAddresses,
  listAddressesSync,
  listGenericFamilies,
  listGenericFamiliesSync,
  listLinks,
  listLinksSync,
  listNeighbours,
  listNeighboursSync,
  listRoutes,
  listRoutesSync,
  listSockets,
  listSocketsSync,
  NetlinkConnection,
  resolveGenericFamily,
  resolveGenericFamilySync,
  type Subscription,
  watchDevices,
  watchRoutes,
} from 'berkeley/netlink';
import { so } from 'berkeley/options';
import { countDescriptors, warmUp } from '../support/descriptors.js';

await warmUp();

const body = Buffer.alloc(16);

/** A connection that never receives an answer, because its socket filter drops every packet. */
function deaf(): NetlinkConnection {
  const connection = new NetlinkConnection(NETLINK_ROUTE);
  connection.socket.setOption(so.attachFilter, [{ code: 6, jt: 0, jf: 0, k: 0 }]);
  return connection;
}

const names = (messages: readonly { payload: Buffer }[]) => messages.length;

describe('a request that waits for its turn', () => {
  test('times out, and is never sent', async t => {
    using connection = deaf();
    const sent = t.mock.method(connection.socket, 'sendto');
    const first = assert.rejects(connection.dump(RTM_GETLINK, body), { code: 'EBADF' });
    const started = performance.now();
    const options = { name: 'TimeoutError', syscall: 'netlink', code: 'ETIMEDOUT', timeout: 30 };
    await assert.rejects(connection.dump(RTM_GETLINK, body, { timeout: 30 }), {
      ...options,
      message: 'netlink timed out after 30 ms',
    });
    await assert.rejects(connection.request(RTM_GETLINK, body, { timeout: 30 }), options);
    assert.ok(performance.now() - started >= 59);
    assert.equal(sent.mock.callCount(), 1);
    connection.close();
    await first;
  });

  test('is aborted by its signal', async () => {
    using connection = deaf();
    const first = assert.rejects(connection.dump(RTM_GETLINK, body), { code: 'EBADF' });
    const reason = new Error('enough');
    const controller = new AbortController();
    const waiting = connection.request(RTM_GETLINK, body, { signal: controller.signal });
    const early = connection.request(RTM_GETLINK, body, { signal: AbortSignal.abort(reason) });
    await assert.rejects(early, reason);
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    connection.close();
    await first;
  });

  test('with a timeout of 0 is refused at once; without a queue it gets its answer', async () => {
    using connection = new NetlinkConnection(NETLINK_ROUTE);
    const first = connection.dump(RTM_GETLINK, body, { timeout: 0 });
    await assert.rejects(connection.dump(RTM_GETLINK, body, { timeout: 0 }), {
      name: 'BlockingError',
      code: 'EAGAIN',
      syscall: 'netlink',
    });
    assert.ok(names(await first) > 0);
  });

  test('leaves the queue to the requests behind it', async () => {
    using connection = new NetlinkConnection(NETLINK_ROUTE);
    const controller = new AbortController();
    const requests = [
      connection.dump(RTM_GETLINK, body),
      connection.dump(RTM_GETLINK, body, { signal: controller.signal }),
      connection.dump(RTM_GETLINK, body, { timeout: 5000 }),
    ];
    controller.abort();
    const [first, second, third] = await Promise.allSettled(requests);
    assert.deepEqual([first?.status, second?.status, third?.status], ['fulfilled', 'rejected', 'fulfilled']);
    assert.ok(connection.dumpSync(RTM_GETLINK, body).length > 0, 'nothing is pending any more');
  });

  test('is rejected when the connection is closed', async () => {
    const connection = deaf();
    const requests = [1, 2, 3].map(() => connection.dump(RTM_GETLINK, body));
    await delay(5);
    connection.close();
    for (const result of await Promise.allSettled(requests)) {
      assert.equal(result.status === 'rejected' && result.reason.code, 'EBADF');
    }
    await assert.rejects(connection.request(RTM_GETLINK, body), { code: 'EBADF' });
  });

  test('sends the data of the call, even if its memory changes later', async () => {
    using connection = new NetlinkConnection(NETLINK_ROUTE);
    const first = connection.dump(RTM_GETLINK, body);
    const memory = Buffer.alloc(16);
    const second = connection.dump(RTM_GETLINK, memory);
    memory.fill(0xff);
    assert.equal((await second).length, (await first).length);
  });
});

describe('a deadline', () => {
  test('applies to the whole dump', async t => {
    using connection = deaf();
    const { socket } = connection;
    // A datagram that is not an answer arrives every 10 ms. A timeout per receive would start again each
    // time.
    t.mock.method(socket, 'recvfrom', async () => {
      await delay(10);
      return { data: Buffer.alloc(0), address: { family: 'netlink', pid: 0, groups: 0 } };
    });
    const started = performance.now();
    await assert.rejects(connection.dump(RTM_GETLINK, body, { timeout: 50 }), {
      name: 'TimeoutError',
      timeout: 50,
    });
    assert.ok(performance.now() - started < 1000);
  });

  test('ends a Sync request, and leaves the mode of the socket unchanged', () => {
    using connection = deaf();
    connection.socket.timeout = null;
    for (const call of [
      () => connection.dumpSync(RTM_GETLINK, body, { timeout: 20 }),
      () => connection.requestSync(RTM_GETLINK, body, { timeout: 20 }),
    ]) {
      assert.throws(call, { name: 'TimeoutError', syscall: 'netlink', timeout: 20 });
      assert.equal(connection.socket.timeout, null);
    }
    assert.throws(() => connection.requestSync(RTM_GETLINK, body, { timeout: 0 }), { code: 'EAGAIN' });
  });
});

describe('options', () => {
  const promised: readonly [string, (options: object) => Promise<unknown>][] = [
    ['listLinks', listLinks],
    ['listAddresses', listAddresses],
    ['listRoutes', listRoutes],
    ['listNeighbours', listNeighbours],
    ['listSockets', listSockets],
    ['listGenericFamilies', listGenericFamilies],
  ];
  const blocking: readonly [string, (options: object) => unknown][] = [
    ['listLinksSync', listLinksSync],
    ['listAddressesSync', listAddressesSync],
    ['listRoutesSync', listRoutesSync],
    ['listNeighboursSync', listNeighboursSync],
    ['listSocketsSync', listSocketsSync],
    ['listGenericFamiliesSync', listGenericFamiliesSync],
  ];

  test('lists accept only timeout and signal', async () => {
    const before = countDescriptors();
    for (const [name, list] of promised) {
      assert.ok(await list({ timeout: 5000 }), name);
      await assert.rejects(list({ signal: AbortSignal.abort() }), { name: 'AbortError' }, name);
      await assert.rejects(list({ flags: 0 }), { code: 'ERR_INVALID_ARG_VALUE', message: /options\.flags/ });
      await assert.rejects(list({ timeout: -1 }), { code: 'ERR_OUT_OF_RANGE', message: /options\.timeout/ });
    }
    for (const [name, list] of blocking) {
      assert.ok(list({ timeout: 5000 }), name);
      assert.throws(() => list({ flags: 0 }), { code: 'ERR_INVALID_ARG_VALUE', message: /options\.flags/ });
      const { signal } = new AbortController();
      assert.throws(() => list({ signal }), { code: 'ERR_INVALID_ARG_TYPE', message: /options\.signal/ });
    }
    assert.equal(countDescriptors(), before);
  });

  test('requests accept flags as a number or in the object', async () => {
    using connection = new NetlinkConnection(NETLINK_ROUTE);
    const wrong = Buffer.from([AF_INET, 0, 0, 0, 0, 0, 0, 0]);
    for (const options of [NLM_F_CREATE, { flags: NLM_F_CREATE }, { flags: NLM_F_CREATE, timeout: 5000 }]) {
      await assert.rejects(connection.request(RTM_NEWADDR, wrong, options), { syscall: 'netlink' });
      assert.throws(() => connection.requestSync(RTM_NEWADDR, wrong, options), { syscall: 'netlink' });
    }
    const cases: readonly [unknown, RegExp][] = [
      [-1, /"flags"/],
      [{ flags: '1' }, /"options\.flags"/],
      [{ flag: 1 }, /'options\.flag'/],
      [null, /"options"/],
      [Symbol('x'), /"options"/],
    ];
    for (const [options, message] of cases) {
      await assert.rejects(connection.request(RTM_GETLINK, body, options as never), { message });
      assert.throws(() => connection.requestSync(RTM_GETLINK, body, options as never), { message });
    }
    await assert.rejects(resolveGenericFamily(connection, 'x', { flags: 1 } as object), {
      message: /options\.flags/,
    });
    const { signal } = new AbortController();
    assert.throws(() => resolveGenericFamilySync(connection, 'x', { signal } as object), {
      message: /options\.signal/,
    });
  });
});

describe('a socket is closed', () => {
  test('when a step of opening it fails', t => {
    const before = countDescriptors();
    const open = (): unknown[] => [
      () => new NetlinkConnection(NETLINK_ROUTE),
      () => watchRoutes(),
      () => watchDevices(),
    ];
    const failure = new Error('injected');
    for (const method of ['bind', 'getsockname', 'setsockopt'] as const) {
      const mock = t.mock.method(Socket.prototype, method, () => {
        throw failure;
      });
      for (const call of open().slice(0, method === 'getsockname' ? 1 : 3)) {
        assert.throws(call as () => unknown, failure, method);
      }
      assert.ok(mock.mock.callCount() > 0);
      mock.mock.restore();
      assert.equal(countDescriptors(), before, method);
    }
  });

  const ways: readonly [string, (subscription: Subscription<unknown>) => Promise<unknown>][] = [
    ['return', subscription => subscription.return()],
    ['using', subscription => subscription[Symbol.asyncDispose]()],
    ['a timeout', subscription => assert.rejects(subscription.next(), { name: 'TimeoutError', timeout: 20 })],
  ];
  for (const [name, end] of ways) {
    test(`when a subscription ends by ${name}`, async () => {
      const before = countDescriptors();
      for (const subscription of [watchRoutes({ kinds: [], timeout: 20 }), watchDevices({ timeout: 20 })]) {
        await end(subscription as Subscription<unknown>);
        assert.deepEqual(await subscription.next(), { done: true, value: undefined });
      }
      assert.equal(countDescriptors(), before);
    });
  }

  test('when the signal of a subscription is aborted outside next()', async () => {
    const before = countDescriptors();
    const reason = new Error('enough');
    const controller = new AbortController();
    const subscription = watchRoutes({ signal: controller.signal });
    assert.equal(countDescriptors(), before + 1);
    controller.abort(reason);
    assert.equal(countDescriptors(), before);
    await assert.rejects(subscription.next(), reason);
    assert.equal((await subscription.next()).done, true);
    const late = watchDevices({ signal: controller.signal });
    assert.equal(countDescriptors(), before);
    await assert.rejects(late.next(), reason);
  });

  test('when the signal is aborted while calls wait: the first call rejects, and the others return done', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const subscription = watchDevices({ signal: controller.signal });
    const calls = [subscription.next(), subscription.next()];
    await delay(5);
    controller.abort(reason);
    const [first, second] = await Promise.allSettled(calls);
    assert.equal(first?.status === 'rejected' && first.reason, reason);
    assert.equal(second?.status === 'fulfilled' && second.value.done, true);
  });

  test('invalid options are rejected before a socket is opened', () => {
    const before = countDescriptors();
    assert.throws(() => watchRoutes({ kinds: 'link' as never }), { message: /"options\.kinds"/ });
    assert.throws(() => watchRoutes({ kinds: [Symbol('x') as never] }), { message: /'options\.kinds'/ });
    assert.throws(() => watchRoutes(['link'] as never), { message: /"options"/ });
    assert.throws(() => watchDevices({ kinds: [] } as never), { message: /'options\.kinds'/ });
    assert.throws(() => watchDevices({ timeout: 'x' as never }), { message: /"options\.timeout"/ });
    assert.equal(countDescriptors(), before);
  });
});

test('a protocol is required', () => {
  for (const protocol of [undefined, null, '0', 1n, Symbol('x'), {}]) {
    assert.throws(() => new NetlinkConnection(protocol as never), {
      code: 'ERR_INVALID_ARG_TYPE',
      message: /"protocol"/,
    });
  }
  new NetlinkConnection(NETLINK_KOBJECT_UEVENT).close();
});
