/** Half of zero-copy.test.ts: sends in a network namespace whose kernel has no room to track a zero-copy send. */
import { createConnection, createServer } from 'berkeley';

using server = createServer({ host: '127.0.0.1', port: 0 });
using client = await createConnection(server.getsockname());
const { socket } = await server.accept();
const sends = [await client.sendZeroCopy('hello '), client.sendZeroCopySync('world')];
const completions = await Promise.all(sends.map(({ completed }) => completed));
console.log(JSON.stringify({ data: (await socket.recv(64)).toString(), sends, completions }));
socket.close();
