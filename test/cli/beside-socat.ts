/** `berkeley nc` beside socat, in both directions over one transport. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { needsCommand, type Skip } from '../support/kernel.js';
import { cli, type Running, start, startCli } from './cli.js';

const needsSocat = needsCommand('socat', 'socat');

/** How both programs name a place. `%` stands for a port, or for a path that no file has. */
export interface Transport {
  readonly name: string;
  readonly listen: readonly string[];
  readonly connect: readonly string[];
  readonly socatListen: string;
  readonly socatConnect: string;
  /** Returns a place that is free. */
  readonly place: () => string | Promise<string>;
  readonly isDatagram?: true;
  /** Whether each write is a record, which socat cuts off after 8,192 bytes. */
  readonly hasRecords?: true;
  readonly skip?: Skip;
}

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

/** Waits until socat listens. It prints so, or has bound its datagram socket. */
async function socatListens(running: Running, { isDatagram }: Transport): Promise<void> {
  await running.printed(isDatagram ? 'receiving on' : 'listening on');
}

/** Tests one transport. */
export function testBesideSocat(transport: Transport): void {
  const { isDatagram, hasRecords } = transport;
  const skip = needsSocat || transport.skip;
  describe(`nc over ${transport.name}`, { skip }, () => {
    const [question, answer] =
      isDatagram || hasRecords
        ? [Buffer.from('question'), Buffer.from('answer')]
        : [randomBytes(300_000), randomBytes(200_000)];
    const end = isDatagram ? ['-q', '1'] : ['-N'];

    test('a client of socat', async () => {
      const place = await transport.place();
      const server = start([
        'socat',
        '-d',
        '-d',
        '-t',
        '20',
        ...at([transport.socatListen], place),
        'EXEC:cat',
      ]);
      await socatListens(server, transport);
      const { code, stdout, stderr } = await cli(['nc', ...end, ...at(transport.connect, place)], {
        input: question,
      });
      assert.equal(code, 0, stderr);
      assert.ok(Buffer.from(stdout, 'latin1').equals(question), `${stdout.length} bytes came back`);
      server.child.kill();
      await server.result;
    });

    test('a server for socat', async () => {
      const place = await transport.place();
      const server = startCli(['nc', '-v', '-l', ...end, ...at(transport.listen, place)], {
        input: answer,
      });
      await server.printed('Listening on');
      const limit = isDatagram ? '3' : '20';
      const client = start(['socat', '-t', limit, '-', ...at([transport.socatConnect], place)], {
        input: question,
      });
      const [ours, theirs] = await Promise.all([server.result, client.result]);
      assert.equal(theirs.code, 0, theirs.stderr);
      assert.ok(
        Buffer.from(theirs.stdout, 'latin1').equals(answer),
        `socat has ${theirs.stdout.length} bytes`,
      );
      assert.ok(Buffer.from(ours.stdout, 'latin1').equals(question), `nc has ${ours.stdout.length} bytes`);
      assert.equal(ours.code, 0, ours.stderr);
    });
  });
}
