/**
 * zero-copy.test.ts runs this program. It sends in a network namespace whose kernel has no memory to track a
 * zero-copy send.
 */
import { createConnection, createServer } from 'berkeley';

using server = createServer({ host: '127.0.0.1', port: 0 });
using client = await createConnection(server.getsockname());
const { socket } = await server.accept();
const sends = [await client.sendZeroCopy('hello '), client.sendZeroCopySync('world')];
const completions = await Promise.all(sends.map(({ completed }) => completed));
console.log(JSON.stringify({ data: (await socket.recv(64)).toString(), sends, completions }));
socket.close();
