/** `berkeley nc` beside socat and OpenBSD's nc, in both directions over one transport. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { needsCommand, type Skip } from '../support/kernel.js';
import { type Running, start, startCli } from './cli.js';

/** The arguments that name a place. `%` stands for a port, or for a path that no file has. */
interface Ends {
  readonly listen: readonly string[];
  readonly connect: readonly string[];
}

export interface Transport {
  readonly name: string;
  readonly nc: Ends;
  readonly socat: Ends;
  /** Whether OpenBSD's nc lacks it. What it has, it takes with the same arguments as ours. */
  readonly isOurs?: true;
  /** Returns a place that is free. */
  readonly place: () => string | Promise<string>;
  readonly isDatagram?: true;
  /** Whether each write is a record, which socat cuts off after 8,192 bytes. */
  readonly hasRecords?: true;
  readonly skip?: Skip;
}

/** A program at the other end. */
interface Peer {
  readonly name: string;
  readonly skip: Skip;
  readonly has: (transport: Transport) => boolean;
  readonly listen: (transport: Transport) => readonly string[];
  readonly connect: (transport: Transport) => readonly string[];
  /** What it prints when it listens. */
  readonly listening: (transport: Transport) => string;
  /** The exit code of its server after an exchange. */
  readonly code: (transport: Transport) => number;
}

/** How nc ends: a stream at its end, and without a connection at the end of the input. nc(1). */
const untilEnd = ({ isDatagram }: Transport) => (isDatagram ? ['-q', '0'] : ['-N']);

const ncArguments = {
  listen: (transport: Transport) => ['-v', '-l', ...untilEnd(transport), ...transport.nc.listen],
  connect: (transport: Transport) => [...untilEnd(transport), ...transport.nc.connect],
};

const peers: readonly Peer[] = [
  {
    name: 'socat',
    skip: needsCommand('socat', 'socat'),
    has: () => true,
    // -t: how long it waits for one direction after the end of the other.
    listen: ({ socat }) => ['socat', '-d', '-d', '-t', '20', ...socat.listen, '-'],
    connect: ({ socat, isDatagram }) => ['socat', '-t', isDatagram ? '0.1' : '20', '-', ...socat.connect],
    listening: ({ isDatagram }) => (isDatagram ? 'receiving on' : 'listening on'),
    code: () => 0,
  },
  {
    name: 'nc of OpenBSD',
    skip: needsCommand('nc.openbsd', 'netcat-openbsd'),
    has: ({ isOurs }) => !isOurs,
    listen: transport => ['nc.openbsd', ...ncArguments.listen(transport)],
    connect: transport => ['nc.openbsd', ...ncArguments.connect(transport)],
    listening: ({ isDatagram }) => (isDatagram ? 'Bound on' : 'Listening on'),
    // At its end it disconnects a datagram socket with connect(fd, NULL, 0), which Linux refuses on Unix sockets (EINVAL).
    code: ({ isDatagram, nc }) => (isDatagram && nc.listen.includes('-U') ? 1 : 0),
  },
];

/** Returns a port that nobody uses. */
export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '::');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return String(port);
}

const at = (words: readonly string[], place: string) => words.map(word => word.replaceAll('%', place));

/** The input of both sides. */
function texts({ isDatagram, hasRecords }: Transport): { question: Buffer; answer: Buffer } {
  const isShort = isDatagram || hasRecords;
  return {
    question: isShort ? Buffer.from('question') : randomBytes(300_000),
    answer: isShort ? Buffer.from('answer') : randomBytes(200_000),
  };
}

type Programs = Readonly<Record<'server' | 'client', Running>>;

/** Waits until both programs have ended, each with the input of the other as its output. */
async function checkExchange(
  programs: Programs,
  { question, answer }: ReturnType<typeof texts>,
  serverCode = 0,
): Promise<void> {
  for (const [name, text, expected] of [
    ['server', question, serverCode],
    ['client', answer, 0],
  ] as const) {
    const { code, stdout, stderr } = await programs[name].result;
    assert.ok(
      Buffer.from(stdout, 'latin1').equals(text),
      `the ${name} has ${stdout.length} bytes: ${stderr}`,
    );
    assert.equal(code, expected, stderr);
  }
}

/** Datagrams have no end: the input of both programs ends after both have what they should have. */
async function endDatagrams({ server, client }: Programs): Promise<void> {
  await Promise.all([server.printed('question'), client.printed('answer')]);
  for (const { child } of [server, client]) child.stdin.end();
}

/** Tests one transport with one program at the other end. */
function testBeside(peer: Peer, transport: Transport): void {
  const open = transport.isDatagram;
  const skip = peer.skip || transport.skip;

  test(`a client of ${peer.name} over ${transport.name}`, { skip }, async () => {
    const place = await transport.place();
    const data = texts(transport);
    const server = start(at(peer.listen(transport), place), { input: data.answer, open });
    await server.printed(peer.listening(transport));
    const words = at(['nc', ...ncArguments.connect(transport)], place);
    const client = startCli(words, { input: data.question, open });
    if (transport.isDatagram) await endDatagrams({ server, client });
    await checkExchange({ server, client }, data, peer.code(transport));
  });

  test(`a server for ${peer.name} over ${transport.name}`, { skip }, async () => {
    const place = await transport.place();
    const data = texts(transport);
    const words = at(['nc', ...ncArguments.listen(transport)], place);
    const server = startCli(words, { input: data.answer, open });
    await server.printed('Listening on');
    const client = start(at(peer.connect(transport), place), { input: data.question, open });
    if (transport.isDatagram) await endDatagrams({ server, client });
    await checkExchange({ server, client }, data);
  });
}

/** Tests transports with every program that has them. Most of the time passes while programs start. */
export function testNc(transports: readonly Transport[]): void {
  describe('nc beside other programs', { concurrency: 4 }, () => {
    for (const peer of peers) {
      for (const transport of transports) if (peer.has(transport)) testBeside(peer, transport);
    }
  });
}
