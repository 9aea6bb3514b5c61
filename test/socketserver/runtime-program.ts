/** Serves with every kind of server, in the event loop and in threads. runtimes.test.ts runs it on each runtime. */
import { DatagramRequestHandler, StreamRequestHandler } from 'berkeley/socketserver';
import { ask, connectTo, kinds, LIMIT } from './support.js';

class Stream extends StreamRequestHandler {
  override timeout = LIMIT;
  override async handle(): Promise<void> {
    for await (const line of this.rfile) await this.wfile.write(`<${line}>`);
  }
}

class Datagram extends DatagramRequestHandler {
  override async handle(): Promise<void> {
    for await (const line of this.rfile) await this.wfile.write(`<${line}>`);
  }
}

const module = new URL('upper.js', import.meta.url);

for (const kind of kinds) {
  const server = new kind.Server(kind.address(), kind.isStream ? Stream : Datagram);
  const loop = server.serveForever();
  const replies = [await ask(server, kind, 'a\nb'), await ask(server, kind, 'c')];
  await server.shutdown();
  await loop;
  await server.handleRequest({ timeout: 1 });
  await server.serverClose();

  const errors: string[] = [];
  class Collecting extends kind.Server {
    override handleError(error: unknown): void {
      errors.push((error as Error).message.replace(/code \d+/, 'code'));
    }
  }
  const threads = new Collecting(kind.address(), module, { workers: 1 });
  const threadLoop = threads.serveForever();
  replies.push(await ask(threads, kind, 'in a thread'));
  for (const text of ['throw', 'exit']) {
    using client = await connectTo(threads, kind);
    await client.send(kind.isStream ? `${text}\n` : text);
    while (errors.at(-1)?.startsWith(text === 'throw' ? 'as asked' : 'The thread') !== true)
      await new Promise(resolve => setTimeout(resolve, 5));
  }
  replies.push(await ask(threads, kind, 'in another'), await ask(threads, kind, 'shutdown'));
  await threadLoop;
  await threads.serverClose();
  console.log(JSON.stringify({ kind: kind.name, replies, errors }));
}
