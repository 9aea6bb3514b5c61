/** Serves one request in a thread, and ends without closing the threads: they must not keep the process alive. */

import { isMainThread, workerData } from 'node:worker_threads';
import { createConnection } from 'berkeley';
import { handleRequests, StreamRequestHandler, TCPServer } from 'berkeley/socketserver';

class Greeter extends StreamRequestHandler {
  override async handle(): Promise<void> {
    await this.wfile.write(`${workerData}\n`);
  }
}

if (isMainThread) {
  const address = { host: '127.0.0.1', port: 0 };
  const options = { workers: 1, workerOptions: { workerData: 'from the options' } };
  const server = new TCPServer(address, new URL(import.meta.url), options).unref();
  const loop = server.serveForever();
  const { host, port } = server.serverAddress;
  const client = await createConnection({ host, port });
  process.stdout.write(await client.recv(100));
  client.close();
  await server.shutdown();
  await loop;
  server.socket.close();
} else {
  handleRequests(Greeter);
}
