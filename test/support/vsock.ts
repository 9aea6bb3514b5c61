/** Sockets between a machine and itself, for the tests of vsock. */
import { AF_VSOCK, SOCK_STREAM, Socket, VMADDR_CID_ANY, VMADDR_PORT_ANY, type VsockAddress } from 'berkeley';
import { VMADDR_CID_LOCAL } from 'berkeley/constants';
import { inGuest, needsSocket, type Skip } from './kernel.js';

/** Opens a socket that listens on a port that the kernel chooses. */
export function listenVsock(type: number = SOCK_STREAM): Socket<'vsock'> {
  const server = new Socket(AF_VSOCK, type);
  server.bind({ cid: VMADDR_CID_ANY, port: VMADDR_PORT_ANY });
  server.listen();
  return server;
}

/** Returns the address at which it is reached from this machine. */
export const localVsock = (server: Socket<'vsock'>): Omit<VsockAddress, 'family'> => ({
  cid: VMADDR_CID_LOCAL,
  port: server.getsockname().port,
});

function needsLoopback(): Skip {
  const missing = needsSocket('AF_VSOCK', AF_VSOCK, SOCK_STREAM);
  if (missing !== false || inGuest) return missing;
  using server = listenVsock();
  using client = new Socket(AF_VSOCK, SOCK_STREAM);
  client.timeout = 2000;
  try {
    client.connectSync(localVsock(server));
    return false;
  } catch {
    return 'needs the loopback of AF_VSOCK: modprobe vsock_loopback, or npm run test:vm';
  }
}

/** Whether packets to the same machine arrive: CONFIG_VSOCKETS_LOOPBACK. */
export const needsVsockLoopback: Skip = needsLoopback();
