// A Unix stream server: its address is a path in the file system.
//
// node build/examples/unix-stream-server.js [path]
import { unlinkSync } from 'node:fs';
import { createServer } from 'berkeley';

const path = process.argv[2] ?? '/tmp/berkeley-stream.sock';

using server = createServer({ path });
console.log(`Listening on ${path}`);
try {
  const { socket } = await server.accept();
  using connection = socket;
  for await (const data of connection.chunks()) {
    console.log(`Received ${data}`);
    await connection.sendAll(data);
  }
} finally {
  unlinkSync(path); // closing the socket does not remove the path
}
