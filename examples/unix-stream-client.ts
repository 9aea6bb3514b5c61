// A Unix stream client, blocking.
//
// node build/examples/unix-stream-client.js [path]
import { AF_UNIX, SOCK_STREAM, Socket } from 'berkeley';

const path = process.argv[2] ?? '/tmp/berkeley-stream.sock';

using socket = new Socket(AF_UNIX, SOCK_STREAM);
socket.connectSync({ path });
socket.sendAllSync('Hello, neighbour');
console.log(`Received ${socket.recvSync(1024)}`);
