/** What compiles and what does not, for the families that Linux does not have: see sockets.ts. */
import {
  AF_DIVERT,
  AF_HYPERV,
  AF_SYSTEM,
  type DivertAddress,
  HV_GUID_PARENT,
  type HypervAddress,
  Socket,
  type SystemAddress,
} from 'berkeley';
import { hyperv, tcp, utun } from 'berkeley/options';
import { is } from './same.js';

export async function system(): Promise<void> {
  const socket = new Socket(AF_SYSTEM);
  is<Socket<'system'>>()(socket);
  is<SystemAddress>()(socket.getpeername());
  await socket.connect({ name: 'com.apple.net.utun_control' });
  socket.connectSync({ id: 5, unit: 1 });
  is<string>()(socket.getOption(utun.ifname));
  socket.setOption(utun.flags, 1);

  // @ts-expect-error a control has a number or a name
  socket.connectSync({ unit: 1 });
  // @ts-expect-error the option is read-only
  socket.setOption(utun.ifname, 'utun3');
  // @ts-expect-error no option of this family
  socket.setOption(hyperv.connectTimeout, 1000);
}

export async function hypervisor(): Promise<void> {
  const socket = new Socket(AF_HYPERV);
  is<Socket<'hyperv'>>()(socket);
  is<HypervAddress>()(socket.getsockname());
  await socket.connect({ vmId: HV_GUID_PARENT, serviceId: HV_GUID_PARENT });
  socket.setOption(hyperv.connectTimeout, 1000);
  socket.setOption(hyperv.connectedSuspend, true);
  is<boolean>()(socket.getOption(hyperv.containerPassthru));

  // @ts-expect-error a service is required
  socket.bind({ vmId: HV_GUID_PARENT });
  // @ts-expect-error a boolean is required
  socket.setOption(hyperv.connectedSuspend, 1);
  // @ts-expect-error no option of this family
  socket.getOption(tcp.nodelay);
}

export function diverted(): void {
  const socket = new Socket(AF_DIVERT);
  is<Socket<'divert'>>()(socket);
  is<DivertAddress | null>()(socket.recvfromSync(1).address);
  socket.bind({ port: 8668 });
  socket.sendtoSync('x', { port: 100, host: '192.0.2.1', interface: 'em0' });

  // @ts-expect-error a rule has a number
  socket.bind({ host: '192.0.2.1' });
}
