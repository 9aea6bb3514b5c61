import { AF_VSOCK, Socket, VMADDR_CID_ANY, VMADDR_PORT_ANY } from 'berkeley';
import { VMADDR_CID_LOCAL } from 'berkeley/constants';
import { inGuest, needsSocket, type Skip } from '../support/kernel.js';

/** Skips if AF_VSOCK has no loopback in this kernel (CONFIG_VSOCKETS_LOOPBACK). */
export function hasLoopback(type: number): Skip {
  const missing = needsSocket('AF_VSOCK', AF_VSOCK, type);
  if (missing !== false || inGuest) return missing;
  using server = new Socket(AF_VSOCK, type);
  using client = new Socket(AF_VSOCK, type);
  client.timeout = 2000;
  try {
    server.bind({ cid: VMADDR_CID_ANY, port: VMADDR_PORT_ANY });
    server.listen();
    client.connectSync({ cid: VMADDR_CID_LOCAL, port: server.getsockname().port });
    return false;
  } catch {
    return 'needs the loopback of AF_VSOCK: modprobe vsock_loopback, or npm run test:vm';
  }
}
