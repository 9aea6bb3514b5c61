/** A peer that echoes two connections, TCP and Unix, until it is stopped or killed. The arguments are a port and a path. */
import { createConnection } from 'berkeley';

const [, , port, path] = process.argv;
const tcp = await createConnection({ host: '127.0.0.1', port: Number(port) });
const unix = await createConnection({ path: path! });
process.send!({ ready: true });
await Promise.all(
  [tcp, unix].map(async socket => {
    for await (const chunk of socket.chunks()) await socket.sendAll(chunk);
    socket.close();
  }),
);
