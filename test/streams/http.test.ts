/** Node's HTTP server over the streams of this package, with curl and wrk as clients. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createConnection } from 'berkeley';
import { assertSame, pattern } from '../support/bytes.js';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { serve } from './servers.js';
import { MEBIBYTE, makeLargeFile, without } from './support.js';

const run = promisify(execFile);

await warmUp();

/** The length and digest of a program's standard output. */
async function output(program: string, args: readonly string[]): Promise<{ length: number; digest: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of child.stdout) {
    hash.update(chunk);
    length += chunk.length;
  }
  assert.deepEqual(await exit, [0, null]);
  return { length, digest: hash.digest('hex') };
}

describe('curl', { skip: without('curl') }, () => {
  test('downloads a large file', async () => {
    const file = makeLargeFile();
    const server = http.createServer((_request, response) => {
      response.setHeader('Content-Length', file.size);
      // The client may disconnect after it has all promised bytes, before the file stream reports its end.
      pipeline(createReadStream(file.path), response).catch(() => undefined);
    });
    const served = serve(server);
    const got = await output('curl', ['-sS', '--fail', `http://127.0.0.1:${served.port}/`]);
    assert.deepEqual(got, { length: file.size, digest: file.digest });
    await served.stop();
  });

  test('posts in chunks, and receives what it sent', async () => {
    const file = makeLargeFile(8 * MEBIBYTE);
    const server = http.createServer((request, response) => {
      pipeline(request, response).catch(assert.ifError);
    });
    const served = serve(server);
    const url = `http://127.0.0.1:${served.port}/`;
    const post = ['-sS', '--fail', '-H', 'Transfer-Encoding: chunked', '--data-binary', `@${file.path}`, url];
    assert.deepEqual(await output('curl', post), { length: file.size, digest: file.digest });
    await served.stop();
  });

  test('many requests, each on its own connection, leave no descriptor open', async () => {
    const before = countDescriptors();
    const served = serve(http.createServer((request, response) => response.end(request.url)));
    const url = (i: number) => `http://127.0.0.1:${served.port}/${i}`;
    for (let i = 0; i < 5; i++) {
      const many = Array.from({ length: 8 }, (_, j) => run('curl', ['-sS', url(8 * i + j)]));
      const answers = await Promise.all(many);
      assert.deepEqual(
        answers.map(({ stdout }) => stdout),
        many.map((_, j) => `/${8 * i + j}`),
      );
    }
    await served.stop();
    assert.equal(served.left, 0);
    assert.equal(countDescriptors(), before);
  });

  test('a client that hangs up leaves no descriptor open', async () => {
    const before = countDescriptors();
    const server = http.createServer((_request, response) => {
      const timer = setInterval(() => response.write('on and on '), 1);
      response.on('close', () => clearInterval(timer));
    });
    const served = serve(server);
    await assert.rejects(run('curl', ['-sS', '-m', '0.3', `http://127.0.0.1:${served.port}/`]));
    await served.stop();
    assert.equal(served.left, 0);
    assert.equal(countDescriptors(), before);
  });
});

test('wrk gets an answer to each of 10,000 requests over 32 connections', {
  skip: without('wrk'),
}, async t => {
  const body = 'Hello, world';
  let answered = 0;
  const served = serve(
    http.createServer((_request, response) => {
      answered++;
      response.end(body);
    }),
  );
  const wrk = ['-t', '1', '-c', '32', '-d', '2s', `http://127.0.0.1:${served.port}/`];
  for (let asked = 0; asked < 10_000; ) {
    const { stdout } = await run('wrk', wrk);
    assert.doesNotMatch(stdout, /Socket errors|Non-2xx/, stdout);
    asked += Number(/(\d+) requests in/.exec(stdout)![1]);
    t.diagnostic(/Requests\/sec:.*/.exec(stdout)![0]);
  }
  assert.ok(answered >= 10_000);
  await served.stop();
  assert.equal(served.left, 0);
});

test('the server closes an idle keep-alive connection after its timeout', async () => {
  const server = http.createServer((_request, response) => response.end('x'));
  server.keepAliveTimeout = 100;
  const served = serve(server);
  const connection = await createConnection({ host: '127.0.0.1', port: served.port });
  await connection.sendAll('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const chunks: Buffer[] = [];
  const started = performance.now();
  for await (const chunk of connection.chunks()) chunks.push(chunk);
  assert.match(String(Buffer.concat(chunks)), /^HTTP\/1.1 200 OK\r\n/);
  assert.ok(performance.now() - started >= 95);
  connection.close();
  await served.stop();
});

test('the server answers an invalid request with 400', async () => {
  const served = serve(http.createServer(() => assert.fail('it is none')));
  const connection = await createConnection({ host: '127.0.0.1', port: served.port });
  await connection.sendAll('NONSENSE\r\n\r\n');
  using file = connection.makefile('r');
  const answer = await file.read();
  assert.match(answer, /^HTTP\/1.1 400 Bad Request/);
  connection.close();
  await served.stop();
});

test('node:http sends requests through these streams', async () => {
  const data = pattern(4 * MEBIBYTE);
  const served = serve(
    http.createServer((request, response) => {
      pipeline(request, response).catch(assert.ifError);
    }),
  );
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const connect = async (): Promise<unknown> =>
    (await createConnection({ host: '127.0.0.1', port: served.port })).toDuplex();
  Object.assign(agent, {
    createConnection(_options: unknown, done: (error: unknown, stream?: unknown) => void) {
      connect().then(stream => done(null, stream), done);
    },
  });
  const ask = async (body: Buffer): Promise<Buffer> => {
    const request = http.request({ agent, method: 'POST', host: '127.0.0.1', port: served.port });
    request.end(body);
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const sizes = [data.length, 1, 0, 70_000, 3];
  const answers = await Promise.all(sizes.map(size => ask(data.subarray(0, size))));
  for (const [i, size] of sizes.entries()) assertSame(answers[i]!, data.subarray(0, size));
  assert.ok(served.open() <= 2);
  agent.destroy();
  await served.stop();
});
