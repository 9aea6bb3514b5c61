/**
 * A process that gets a connection or a server, answers one client, and ends. processes.test.ts runs it.
 *
 *   usage: processes-program.js connection|inherited|server
 */
import type { Server as NodeServer, Socket as NodeSocket } from 'node:net';
import { fromNodeSocket } from 'berkeley';
import { createServer, type Socket } from 'berkeley/net';

/** Sends the data of a client back to it, with the number of this process. */
function answer(socket: Socket): void {
  socket.on('data', data => socket.end(`${data} from ${process.pid}`));
}

const server = createServer(socket => {
  answer(socket);
  server.close();
});

const forms: Readonly<Record<string, () => void>> = {
  inherited: () => void server.listen({ fd: 3 }),
  connection(): void {
    process.once('message', async (_: unknown, connection: NodeSocket) => {
      const socket = fromNodeSocket(connection);
      await socket.sendAll(`${await socket.recv(100)} from ${process.pid}`);
      socket.close();
      process.disconnect();
    });
    process.send!('ready');
  },
  server(): void {
    process.once('message', (_: unknown, handle: NodeServer) => {
      server.listen(handle as never, () => {
        handle.close();
        process.send!('listening');
      });
      server.on('close', () => process.disconnect());
    });
    process.send!('ready');
  },
};

forms[process.argv[2]!]!();
