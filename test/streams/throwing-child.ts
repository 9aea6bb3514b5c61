/**
 * throwing.test.ts runs this program: streams of this package and of node:net whose listeners throw. It
 * prints JSON.
 */
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { close, type Socket, socketpair } from 'berkeley';
import { onWindows } from '../support/local.js';
import { tcpPair } from './support.js';

let uncaught: string[] = [];
process.on('uncaughtException', (error, origin) => uncaught.push(`${origin}: ${error.message}`));

/** The listener that throws, and how often. */
const scenes = [
  'data',
  'readable',
  'end',
  'drain',
  'finish',
  'close',
  'write callback',
  'large data',
] as const;

type Scene = (typeof scenes)[number];

interface Outcome {
  readonly received: string;
  readonly events: readonly string[];
  readonly uncaught: readonly string[];
}

const PIECE = 1 << 20;

/** Waits for an event, for which a busy machine needs some time. Not every scene has every event. */
async function happens(events: readonly string[], name: string): Promise<void> {
  for (let i = 0; i < 200 && !events.includes(name) && !events.includes('close'); i++) await delay(10);
}

/** Makes a listener of `stream` throw, while `peer` sends words and receives. */
async function play(scene: Scene, stream: Duplex, peer: Duplex): Promise<Outcome> {
  uncaught = [];
  const events: string[] = [];
  let received = '';
  let thrown = 0;
  const fail = (): void => {
    if (thrown++ < 2) throw new Error(`listener of ${scene}`);
  };
  for (const event of ['end', 'finish', 'close', 'error']) stream.on(event, () => void events.push(event));
  peer.resume();
  if (scene === 'readable')
    stream.on('readable', () => {
      for (let piece = stream.read(); piece !== null; piece = stream.read()) received += piece;
      fail();
    });
  else
    stream.on('data', (data: Buffer) => {
      received += scene === 'large data' ? '' : data;
      if (scene === 'data' || scene === 'large data') fail();
    });
  let total = 0;
  if (scene === 'large data')
    stream.on('data', (data: Buffer) => {
      total += data.length;
    });
  if (scene === 'end' || scene === 'drain' || scene === 'finish' || scene === 'close') stream.on(scene, fail);
  for (const word of ['one', 'two', 'three']) {
    peer.write(word);
    await delay(20);
  }
  if (scene === 'large data') peer.write(Buffer.alloc(4 * PIECE));
  if (scene === 'drain') stream.write(Buffer.alloc(16 * PIECE));
  stream.write('x', scene === 'write callback' ? fail : undefined);
  for (let i = 0; scene === 'drain' && i < 1000 && thrown === 0; i++) await delay(10);
  await delay(50);
  peer.end();
  await happens(events, 'end');
  await delay(20);
  if (!stream.writableEnded) stream.end();
  await happens(events, 'finish');
  await delay(50);
  peer.destroy();
  stream.destroy();
  await delay(20);
  // The first piece at which a listener threw was not counted. node:net does not count it either.
  if (scene === 'large data') received = total >= 3 * PIECE ? 'most of it' : `${total}`;
  return { received, events, uncaught };
}

async function netPair(): Promise<[net.Socket, net.Socket]> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  const [peer] = await once(server, 'connection');
  server.close();
  return [client, peer];
}

async function ourPair(): Promise<[Duplex, Duplex]> {
  const [a, b] = await tcpPair();
  return [a.toDuplex(), b.toDuplex()];
}

async function unixPair(): Promise<[Duplex, Duplex]> {
  const [a, b] = socketpair();
  return [a.toDuplex(), b.toDuplex()];
}

/** A listener of `'fds'` that throws, once or each time. */
async function playDescriptors(): Promise<object> {
  uncaught = [];
  const [a, b]: [Socket<'unix'>, Socket<'unix'>] = socketpair();
  const stream = a.toDuplex();
  let received = '';
  let count = 0;
  stream.on('data', (data: Buffer) => {
    received += data;
  });
  stream.on('fds', (fds: number[]) => {
    count += fds.length;
    for (const fd of fds) close(fd);
    throw new Error('listener of fds');
  });
  const file = openSync('/dev/null', 'r');
  for (const word of ['one', 'two']) {
    b.sendFdsSync(word, [file]);
    await delay(20);
  }
  b.sendSync('three');
  await delay(20);
  closeSync(file);
  stream.destroy();
  b.close();
  return { received, count, uncaught };
}

const outcomes: Record<string, object> = {};
for (const scene of scenes) {
  outcomes[scene] = {
    net: await play(scene, ...(await netPair())),
    tcp: await play(scene, ...(await ourPair())),
    unix: await play(scene, ...(await unixPair())),
  };
}
console.log(JSON.stringify({ outcomes, descriptors: onWindows ? {} : await playDescriptors() }));
process.exit();
