import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../support/until.js';
import { readAll, record, type Statement, thrown } from '../statement.js';

const finished = (socket: Socket, data: unknown, ...rest: unknown[]): Promise<unknown> =>
  new Promise(resolve => (socket.write as (...args: unknown[]) => boolean)(data, ...rest, resolve));

export const data: readonly Statement[] = [
  {
    of: "Event: 'data'",
    text: 'has a Buffer, or a string after setEncoding()',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.write('bytes');
      const [bytes] = await once(client, 'data');
      client.setEncoding('utf8');
      peer.write('text');
      const [text] = await once(client, 'data');
      return [Buffer.isBuffer(bytes), String(bytes), text];
    },
  },
  {
    of: 'socket.write(data, encoding, callback)',
    text: 'takes strings in an encoding, Buffers and Uint8Arrays',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const all = readAll(peer);
      client.write('00ff'.replace('ff', '41'), 'hex');
      client.write(Buffer.from('b'));
      client.write(new Uint8Array([99]));
      client.end('ZA==', 'base64');
      return all;
    },
  },
  {
    of: 'socket.write(data)',
    text: 'refuses values of another type',
    run: ({ net }) => [null, 5, {}].map(value => thrown(() => new net.Socket().write(value as never))),
  },
  {
    of: 'socket.write()',
    text: 'returns true if all data was passed to the kernel',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.resume();
      return [client.write(Buffer.alloc(100_000)), client.writableLength];
    },
  },
  {
    of: 'socket.write()',
    text: "returns false when data is queued, and emits 'drain' later",
    run: async scene => {
      const { client, peer } = await scene.pair();
      const isFlushed = client.write(Buffer.alloc(1 << 23));
      const drained = once(client, 'drain');
      peer.resume();
      await drained;
      return [isFlushed, client.writableLength, client.bytesWritten];
    },
  },
  {
    of: 'socket.write()',
    text: 'calls the callback when the data is written out',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.resume();
      return [await finished(client, 'x'), await finished(client, 'é', 'utf8'), client.bytesWritten];
    },
  },
  {
    of: 'socket.cork()',
    text: 'data that is written while the socket is corked arrives in order',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const all = readAll(peer);
      client.cork();
      for (let i = 0; i < 2000; i++) client.write(`${i},`);
      client.uncork();
      client.end();
      const text = await all;
      return [text.length, text.slice(-10), client.bytesWritten];
    },
  },
  {
    of: 'socket.cork()',
    text: 'large pieces, and strings in several encodings, arrive in order at a slow reader',
    run: async scene => {
      const { client, peer } = await scene.pair();
      client.cork();
      for (let i = 0; i < 1500; i++) {
        client.write(Buffer.alloc(1000, i % 251));
        client.write(`é${i}`, i % 2 === 0 ? 'latin1' : 'utf8');
        client.write('00ff', 'hex');
      }
      process.nextTick(() => client.uncork());
      client.end();
      await sleep(20); // the buffers of the kernel are full
      peer.setEncoding('latin1');
      const bytes = Buffer.from(await readAll(peer), 'latin1');
      return [bytes.length, createHash('sha256').update(bytes).digest('hex'), client.bytesWritten];
    },
  },
  {
    of: 'socket.bytesRead',
    text: 'counts the received bytes, also after the socket is closed',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.end('12345');
      client.resume();
      await once(client, 'close');
      return client.bytesRead;
    },
  },
  {
    of: 'socket.bytesWritten',
    text: 'counts the written bytes, including queued ones, also after the socket is closed',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.resume();
      client.write('é');
      const queued = client.bytesWritten;
      client.end(Buffer.alloc(10));
      await once(client, 'close');
      return [queued, client.bytesWritten];
    },
  },
  {
    of: 'socket.bytesWritten',
    text: 'counts queued strings in the bytes of their encoding',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.resume();
      client.cork();
      client.write('é');
      client.write('00ff', 'hex');
      const queued = [client.bytesWritten, client.writableLength];
      client.uncork();
      client.end();
      await once(client, 'close');
      return [queued, client.bytesWritten];
    },
  },
  {
    of: 'socket.bufferSize',
    text: 'is the length of the queue',
    run: async scene => {
      const { client, peer } = await scene.pair();
      client.cork();
      client.write('12345');
      const before = client.bufferSize;
      client.uncork();
      peer.resume();
      client.destroy();
      return [before, client.bufferSize];
    },
  },
  {
    of: 'socket.pause()',
    text: "stops 'data', and resume() continues",
    run: async scene => {
      const { client, peer } = await scene.pair();
      const events = record(client, 'data');
      client.pause();
      peer.write('later');
      await new Promise(resolve => setTimeout(resolve, 20));
      const before = events.length;
      client.resume();
      while (events.length === 0) await new Promise(setImmediate);
      return [before, events.length, client.pause() === client, client.resume() === client];
    },
  },
  {
    of: 'socket.read()',
    text: 'reads in paused mode',
    run: async scene => {
      const { client, peer } = await scene.pair();
      client.pause();
      peer.write('abcdef');
      await once(client, 'readable');
      return [String(client.read(2)), String(client.read()), client.read()];
    },
  },
  {
    of: "Event: 'end'",
    text: 'without allowHalfOpen, the socket ends its own direction too, and closes',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const events = record(client, 'end', 'finish', 'close', 'error');
      client.resume();
      peer.end();
      peer.resume();
      await once(client, 'close');
      return [events, client.destroyed, client.readyState];
    },
  },
  {
    of: "Event: 'end'",
    text: 'with allowHalfOpen, the socket stays writable until end()',
    run: async scene => {
      const { client, peer } = await scene.pair({ client: { allowHalfOpen: true } });
      client.resume();
      peer.end();
      await once(client, 'end');
      const states = [client.writable, client.readyState, client.allowHalfOpen];
      const all = readAll(peer);
      client.end('after the end');
      return [states, await all];
    },
  },
  {
    of: "Event: 'end'",
    text: 'is emitted although nobody reads, if no data is pending',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.end();
      peer.resume();
      client.on('close', () => {});
      await once(client, 'end');
      return client.readableEnded;
    },
  },
  {
    of: 'socket.end(data)',
    text: 'half-closes: it sends the data and a FIN, and the peer can still send',
    run: async scene => {
      const { client, peer } = await scene.pair({ server: { allowHalfOpen: true } });
      const received = readAll(client);
      const isSame = client.end('bye') === client;
      let text = '';
      peer.on('data', chunk => {
        text += chunk;
      });
      await once(peer, 'end');
      const state = client.readyState;
      peer.end('answer');
      return [isSame, text, state, await received];
    },
  },
  {
    of: 'socket.write()',
    text: 'after the peer has ended is EPIPE',
    run: async scene => {
      const { client, peer } = await scene.pair();
      const events = record(client, 'error', 'close');
      client.resume();
      client.on('end', () => setImmediate(() => client.write('too late')));
      peer.end();
      await once(client, 'end');
      await until(() => events.length > 0);
      return events.length > 0;
    },
  },
  {
    of: 'options.onread',
    text: 'receives into one buffer, and calls the callback with its number of bytes',
    run: async scene => {
      const calls: unknown[] = [];
      const buffer = Buffer.alloc(4);
      const onread = {
        buffer,
        callback: (bytes: number, into: Uint8Array): boolean => {
          calls.push([bytes, Buffer.from(into.subarray(0, bytes)).toString(), into === buffer]);
          return true;
        },
      };
      const { client, peer } = await scene.pair({ client: { onread } });
      const events = record(client, 'data', 'end');
      peer.end('abcdefghij');
      await once(client, 'end');
      return [calls, events, client.bytesRead];
    },
  },
  {
    of: 'options.onread',
    text: 'false from the callback pauses, and resume() continues',
    run: async scene => {
      const calls: string[] = [];
      const onread = {
        buffer: () => Buffer.alloc(3),
        callback: (bytes: number, into: Uint8Array): boolean => {
          calls.push(Buffer.from(into.subarray(0, bytes)).toString());
          return calls.length !== 1;
        },
      };
      const { client, peer } = await scene.pair({ client: { onread } });
      peer.end('abcdef');
      while (calls.length === 0) await new Promise(setImmediate);
      await new Promise(resolve => setTimeout(resolve, 20));
      const before = calls.length;
      client.resume();
      await once(client, 'end');
      return [before, calls];
    },
  },
  {
    of: 'socket.pipe()',
    text: 'echoes a megabyte',
    run: async scene => {
      const { client, peer } = await scene.pair();
      peer.pipe(peer);
      const sent = Buffer.alloc(1 << 20, 'abcdefgh');
      client.end(sent);
      const chunks: Buffer[] = [];
      for await (const chunk of client) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).equals(sent);
    },
  },
];
