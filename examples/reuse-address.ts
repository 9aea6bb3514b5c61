// SO_REUSEADDR: restarts a server while its last connection is still in TIME_WAIT.
//
// The peer that closes first keeps the connection in TIME_WAIT for a minute. Here it is the server, so its port is not
// free when it restarts. The flag must be set on both the old socket and the new one.
//
// node build/examples/reuse-address.js [port]
import {
  AF_INET,
  MSG_MORE,
  SHUT_WR,
  SO_REUSEADDR,
  SOCK_STREAM,
  SOL_SOCKET,
  Socket,
  SocketError,
} from 'berkeley';

function listen(port: number, reuse: boolean): Socket {
  const server = new Socket(AF_INET, SOCK_STREAM);
  try {
    if (reuse) server.setsockopt(SOL_SOCKET, SO_REUSEADDR, true);
    server.bind({ host: '', port });
    server.listen(1);
    return server;
  } catch (error) {
    server.close();
    throw error;
  }
}

/** Answers one client and closes first. */
function serve(server: Socket): void {
  const { socket } = server.acceptSync();
  using connection = socket;
  const data = connection.recvSync(1024);
  connection.sendAllSync(data, MSG_MORE); // MSG_MORE sends the end in the same packet
  connection.shutdown(SHUT_WR);
  connection.recvSync(1024); // waits for the end of the client's data
}

const server = listen(Number(process.argv[2] ?? 50007), true);
const { port } = server.getsockname();
console.log(`Listening on port ${port}`);
serve(server);
server.close();

try {
  listen(port, false).close();
  console.log('Without SO_REUSEADDR: the port was free');
} catch (error) {
  if (!(error instanceof SocketError)) throw error;
  console.log(`Without SO_REUSEADDR: ${error.message}`);
}
using again = listen(port, true);
console.log(`With SO_REUSEADDR: listening again on port ${again.getsockname().port}`);
