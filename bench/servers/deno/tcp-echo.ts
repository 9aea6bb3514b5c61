/** Sends back what comes, with Deno.listen. */
import { announce } from '../announce.js';
import { type DenoConnection, deno } from './deno.js';

const SIZE = 65536;

async function serve(connection: DenoConnection): Promise<void> {
  const buffer = new Uint8Array(SIZE);
  try {
    connection.setNoDelay(true);
    for (;;) {
      const got = await connection.read(buffer);
      if (got === null) return;
      await connection.write(buffer.subarray(0, got));
    }
  } catch {
    // A client that goes away with a message under way resets its connection.
  } finally {
    connection.close();
  }
}

const server = deno.listen({ hostname: '127.0.0.1', port: 0 });
announce(server.addr.port);
for await (const connection of server) void serve(connection);
