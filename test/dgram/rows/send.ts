/** `send()`, in all its forms. */
import { once } from 'node:events';
import { type Any, different, type Lab, more, type Subject, same } from '../lab.js';

/** Sends in each form, and returns the datagrams that arrived. */
async function arrivals(lab: Lab, forms: (port: number) => unknown[][]): Promise<string[]> {
  const server = await lab.bound();
  const client = lab.socket();
  const seen: string[] = [];
  for (const form of forms(server.address().port)) {
    const arrived = lab.received(server);
    client.send(...form);
    seen.push(String((await arrived)[0]));
  }
  return seen;
}

/** Sends in each form over a connected socket, and returns the datagrams that arrived. */
async function overConnection(lab: Lab, forms: unknown[][]): Promise<unknown[]> {
  const [server, client] = await lab.pair();
  const seen: unknown[] = [];
  for (const form of forms) {
    const arrived = lab.received(server);
    const given = await lab.called(done => client.send(...form, done));
    seen.push([String((await arrived)[0]), given]);
  }
  return seen;
}

const text = Buffer.from('message');
const view = new DataView(text.buffer, text.byteOffset, text.length);

export const send: Subject = {
  title: 'Sending',
  statements: [
    same('a message is a string, a `Buffer`, a `TypedArray` or a `DataView`', lab =>
      arrivals(lab, port => [
        ['text', port],
        ['Umläute', port, '127.0.0.1'],
        [text, port],
        [new Uint8Array(text), port],
        [new Uint16Array([0x4241, 0x4443]), port],
        [view, port],
      ]),
    ),
    same('a message is an array, whose pieces are sent as one datagram', lab =>
      arrivals(lab, port => [
        [['a', text, view], port],
        [[], port],
        [['x'], port, 'localhost'],
      ]),
    ),
    same('`offset` and `length` select a part, in bytes', lab =>
      arrivals(lab, port => [
        [text, 1, 3, port],
        ['äbc', 2, 1, port],
        [view, 0, 2, port, '127.0.0.1'],
        [text, 7, 0, port],
        [text, '1', '2', port],
      ]),
    ),
    same('a message can be empty', lab =>
      arrivals(lab, port => [
        ['', port],
        [Buffer.alloc(0), port],
      ]),
    ),
    same('the callback gets `null` and the number of bytes', async lab => {
      const server = await lab.bound();
      const { port } = server.address();
      const forms = [
        ['abc', port],
        ['abc', port, '127.0.0.1'],
        [text, 0, 2, port],
        [text, 1, 2, port, 'localhost'],
      ];
      const seen = [];
      for (const form of forms) {
        const client = lab.socket();
        seen.push(await lab.called(done => client.send(...form, done)));
      }
      return seen;
    }),
    same('the callback is called later, not during `send()`', async lab => {
      const client = await lab.bound();
      let isDuring = true;
      const seen = new Promise(resolve =>
        client.send('x', client.address().port, '127.0.0.1', () => resolve(isDuring)),
      );
      isDuring = false;
      return seen;
    }),
    same('`send()` returns nothing', async lab => {
      const client = await lab.bound();
      return client.send('x', client.address().port);
    }),
    same('a port can be a string', lab => arrivals(lab, port => [['x', String(port)]])),
    same('without an address, or with a falsy one, it is this machine', lab =>
      arrivals(lab, port => [
        ['a', port],
        ['b', port, undefined],
        ['c', port, null],
        ['d', port, ''],
      ]),
    ),
    same('an unbound socket is bound to all interfaces and a random port', async lab => {
      const server = await lab.bound();
      const client = lab.socket();
      const seen = lab.record(client, 'listening');
      await lab.called(done => client.send('x', server.address().port, done));
      return [seen, client.address().address, client.address().port > 0];
    }),
    same('datagrams that are sent before the socket is bound keep their order', async lab => {
      const server = await lab.bound();
      const client = lab.socket();
      const seen: string[] = [];
      server.on('message', (message: Buffer) => seen.push(String(message)));
      for (let i = 0; i < 5; i++) client.send(String(i), server.address().port);
      while (seen.length < 5) await once(server, 'message');
      return seen;
    }),
    same('the port is required, and in range', lab =>
      [undefined, 0, -1, 65_536, 1.5, 'x', null, {}].map(port => {
        const socket = lab.socket();
        return lab.thrown(() => socket.send('x', port, '127.0.0.1'));
      }),
    ),
    same('the address must be a string', lab =>
      [5, {}, true].map(address => {
        const socket = lab.socket();
        return lab.thrown(() => socket.send(text, 0, 1, 9, address));
      }),
    ),
    same('another message throws `ERR_INVALID_ARG_TYPE`', lab =>
      [undefined, null, 5, {}, Boolean, new ArrayBuffer(2), Symbol.iterator].map(message => {
        const socket = lab.socket();
        return lab.thrown(() => socket.send(message, 9));
      }),
    ),
    same('so does an array with another piece', lab =>
      [[5], ['a', null], [[]], [{}]].map(message => {
        const socket = lab.socket();
        return lab.thrown(() => socket.send(message, 9));
      }),
    ),
    same('`offset` and `length` outside the message throw `ERR_BUFFER_OUT_OF_BOUNDS`', lab =>
      [
        [8, 1],
        [0, 8],
        [7, 1],
        [-1, 1],
        [0, -1],
      ].map(([offset, length]) => {
        const socket = lab.socket();
        return lab.thrown(() => socket.send(text, offset, length, 9));
      }),
    ),
    same('`send()` of a closed socket throws `ERR_SOCKET_DGRAM_NOT_RUNNING`', lab => {
      const socket = lab.socket();
      socket.close();
      return lab.thrown(() => socket.send('x', 9));
    }),
    same('a datagram that is too long fails with `EMSGSIZE`, in the callback', async lab => {
      const client = await lab.bound();
      return lab.called(done => client.send(Buffer.alloc(66_000), 9, '127.0.0.1', done));
    }),
    more(
      'without an address, the error of a datagram says `undefined`',
      'the error names the address that was used',
      [
        {
          kind: 'Error',
          code: 'EMSGSIZE',
          message: 'send EMSGSIZE 127.0.0.1:9',
          errno: -90,
          syscall: 'send',
          address: '127.0.0.1',
          port: 9,
        },
      ],
      async lab => {
        const client = await lab.bound();
        return lab.called(done => client.send(Buffer.alloc(66_000), 9, done));
      },
    ),
    same('without a callback, such an error is not reported (the documentation says `error`)', async lab => {
      const client = await lab.bound();
      const seen = lab.record(client, 'error');
      client.send(Buffer.alloc(66_000), 9, '127.0.0.1');
      await lab.settled();
      return seen;
    }),
    same('an address of the other family fails with `EINVAL`', async lab => {
      const client = await lab.bound();
      return lab.called(done => client.send('x', 9, '::1', done));
    }),
    same('an unknown host fails in the callback, with the error of the lookup', async lab => {
      const client = await lab.bound();
      const [error] = (await lab.called(done => client.send('x', 9, 'nonesuch.invalid', done))) as Any[];
      return [error.kind, error.syscall];
    }),
    same('without a callback, that is emitted as `error`', async lab => {
      const client = await lab.bound();
      client.send('x', 9, 'nonesuch.invalid');
      const { kind, syscall } = (await lab.failure(client)) as Any;
      return [kind, syscall];
    }),
    same('broadcasting without `setBroadcast(true)` fails with `EACCES`', async lab => {
      const client = lab.socket();
      return lab.called(done => client.send('x', 9, '127.255.255.255', done));
    }),
    same('a connected socket sends without port and address', lab =>
      overConnection(lab, [['abc'], [text], [text, 1, 3], [['a', 'b']], [[]]]),
    ),
    same('a connected socket does not accept a port or an address', async lab => {
      const [, client] = await lab.pair();
      return [
        ['x', 1, 1, 9],
        ['x', 1, 1, 9, '127.0.0.1'],
        [text, 0, 1, 9, undefined],
        [text, 0, 1, undefined, '127.0.0.1'],
      ].map(form => lab.thrown(() => client.send(...form)));
    }),
    same('after `disconnect()`, port and address are required again', async lab => {
      const [, client] = await lab.pair();
      client.disconnect();
      return lab.thrown(() => client.send('x'));
    }),
    same('`sendto()` is `send()` with all arguments', async lab => {
      const server = await lab.bound();
      const client = lab.socket();
      const arrived = lab.received(server);
      client.sendto(text, 1, 3, server.address().port, '127.0.0.1');
      return String((await arrived)[0]);
    }),
    same('`sendto()` checks its arguments', lab =>
      [
        [text, '1', 3, 9, 'x'],
        [text, 1, undefined, 9, 'x'],
        [text, 1, 3, '9', 'x'],
        [text, 1, 3, 9, undefined],
      ].map(form => lab.thrown(() => lab.socket().sendto(...form))),
    ),
    same('the send queue is empty when the kernel has taken the datagrams', async lab => {
      const [, client] = await lab.pair();
      client.send('abc');
      return [client.getSendQueueSize(), client.getSendQueueCount()];
    }),
    different(
      'a datagram that is sent to a numeric address just before `close()` is lost, and its callback is not called',
      'it is sent immediately, and its callback is called',
      [null, 1],
      async lab => {
        const server = await lab.bound();
        const client = await lab.bound();
        const called = lab.called(done => client.send('x', server.address().port, '127.0.0.1', done));
        client.close();
        return Promise.race([called, lab.settled().then(() => 'not called')]);
      },
    ),
    different(
      'a datagram whose host is being resolved when the socket is closed never calls back',
      'its callback gets the error `ECANCELED`',
      'ECANCELED',
      async lab => {
        const lookup = (_: string, __: number, callback: Any) =>
          setTimeout(callback, 5, null, '127.0.0.1', 4);
        const client = lab.socket({ type: 'udp4', lookup });
        await lab.called(done => client.bind(0, done));
        const called = lab.called(done => client.send('x', 9, 'some.host', done));
        client.close();
        const late = new Promise(resolve => setTimeout(resolve, 50, 'not called'));
        const result = await Promise.race([called, late]);
        return Array.isArray(result) ? (result[0] as { code: string }).code : result;
      },
    ),
    same('an exception in a callback is an uncaught exception', async lab => {
      const client = await lab.bound();
      const caught = once(process, 'uncaughtException');
      const listeners = process
        .listeners('uncaughtException')
        .filter(each => each.name !== 'eventTargetAgnosticAddListener');
      const others = listeners.slice(0, -1);
      for (const listener of others) process.removeListener('uncaughtException', listener);
      client.send('x', client.address().port, () => {
        throw new Error('mine');
      });
      const [error, origin] = (await caught) as [Error, string];
      for (const listener of others) process.on('uncaughtException', listener);
      return [error.message, origin];
    }),
  ],
};
