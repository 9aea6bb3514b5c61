/** Helpers for CAN tests: the interface, and waiting until a program of can-utils is ready. */
import { readFileSync } from 'node:fs';
import {
  AF_CAN,
  type AnyCanFrame,
  type BcmMessage,
  type BcmMessageInput,
  CAN_BCM,
  CAN_ISOTP,
  CAN_J1939,
  CAN_RAW,
  type CanAddressInput,
  J1939_NO_PGN,
  packBcmMessage,
  parseAnyCanFrame,
  parseBcmMessage,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
} from 'berkeley';
import { CAN_MTU, CANXL_MTU } from 'berkeley/constants';
import { so } from 'berkeley/options';
import { POLLOUT, poll } from 'berkeley/select';
import { needsCommand, needsSocket, type Skip } from './kernel.js';
import { ip } from './namespaces.js';
import { Child, waitFor } from './running.js';

/** A virtual bus that supports CAN FD. */
export const vcan = 'vcan0';

/** Another virtual bus, which few tests use. */
export const otherVcan = 'vcan1';

/** Skips if there is no bus or no can-utils. */
export function needsCan(protocol: number, type: number = SOCK_RAW): Skip {
  return (
    needsSocket('AF_CAN and vcan0', AF_CAN, type, protocol, vcan) || needsCommand('candump', 'can-utils')
  );
}

/** Skips if there are no two buses, or no can-utils. */
export function needsTwoBuses(protocol: number, type: number = SOCK_RAW): Skip {
  return needsCan(protocol, type) || needsSocket('AF_CAN and vcan1', AF_CAN, type, protocol, otherVcan);
}

/** Binds a socket, or closes it on failure. */
function bound(socket: Socket<'can'>, address: CanAddressInput): Socket<'can'> {
  try {
    socket.bind(address);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** Opens a CAN_RAW socket on the bus. */
export function openBus(networkInterface: string = vcan): Socket<'can'> {
  return bound(new Socket(AF_CAN, SOCK_RAW, CAN_RAW), { interface: networkInterface });
}

/** Returns the number of sockets that a file of /proc/net/can lists as receivers. */
export function receivers(list: string): number {
  return readFileSync(`/proc/net/can/${list}`, 'utf8')
    .split('\n')
    .filter(line => line.trimStart().startsWith(`${vcan} `)).length;
}

/** Starts a program, and waits until the kernel lists it as an additional receiver. */
export async function startReceiver(list: string, command: string, ...args: string[]): Promise<Child> {
  const before = receivers(list);
  const child = new Child(command, args);
  try {
    await waitFor(`${command} listens`, () => receivers(list) > before);
    return child;
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts candump and waits until it listens. */
export const candump = (...args: string[]): Promise<Child> =>
  startReceiver('rcvlist_all', 'candump', '-L', ...args, vcan);

/** A virtual bus for one test. */
export class Bus implements Disposable {
  /** @param mtu 16 for classic frames, 72 for CAN FD too, 2060 for CAN XL too */
  constructor(
    readonly name: string,
    mtu: number = CAN_MTU,
  ) {
    ip(['link', 'add', 'dev', name, 'type', 'vcan']);
    ip(['link', 'set', name, 'mtu', String(mtu), 'up']);
  }

  [Symbol.dispose](): void {
    ip(['link', 'del', this.name]);
  }
}

/** Opens an ISO-TP channel. `prepare` sets options before it is bound. */
export function openChannel(
  rxId: number,
  txId: number,
  prepare: (socket: Socket<'can'>) => void = () => {},
): Socket<'can'> {
  const socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP);
  prepare(socket);
  return bound(socket, { interface: vcan, rxId, txId });
}

/** Opens a J1939 node, which also sends and receives broadcasts. */
export function openNode(address: number, { pgn = J1939_NO_PGN, name = 0n } = {}): Socket<'can'> {
  const socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_J1939);
  socket.setOption(so.broadcast, true);
  return bound(socket, { interface: vcan, address, pgn, name });
}

/** Opens a CAN_BCM socket on the bus. */
export function openManager(): Socket<'can'> {
  const socket = new Socket(AF_CAN, SOCK_DGRAM, CAN_BCM);
  socket.connectSync({ interface: vcan });
  return socket;
}

/** Sends a message to the Broadcast Manager. */
export const tell = (socket: Socket<'can'>, message: BcmMessageInput): Promise<number> =>
  socket.send(packBcmMessage(message), { timeout: 10_000 });

/** Receives the Broadcast Manager's next message. */
export const hear = async (socket: Socket<'can'>): Promise<BcmMessage> =>
  parseBcmMessage(await socket.recv(4096, { timeout: 10_000 }));

/** Returns all frames in the receive queue of `socket`. */
export function waitingFrames(socket: Socket<'can'>): AnyCanFrame[] {
  const frames: AnyCanFrame[] = [];
  const { timeout } = socket;
  socket.timeout = 0;
  try {
    for (;;) frames.push(parseAnyCanFrame(socket.recvSync(CANXL_MTU)));
  } catch (error) {
    if ((error as { code?: string }).code !== 'EAGAIN') throw error;
    return frames;
  } finally {
    socket.timeout = timeout;
  }
}

/** Parses the output of candump -L: each frame, and the time it was received, in milliseconds. */
export function logged(dump: Child): { readonly time: number; readonly frame: string }[] {
  const lines = [...dump.output.matchAll(/^\((\d+\.\d+)\) \S+ (\S+)$/gm)];
  return lines.map(([, seconds, frame]) => ({ time: Number(seconds) * 1000, frame: frame! }));
}

/**
 * Waits until an ISO-TP socket's message was sent or abandoned, and returns the socket's events. select(2) cannot be
 * used: it treats POLLWRBAND as writable, which such a socket always is (net/can/isotp.c, isotp_poll).
 */
export async function whenSent(socket: Socket<'can'>): Promise<number> {
  const list = poll<Socket<'can'>>();
  list.register(socket, POLLOUT);
  const [ready] = await list.poll(10_000);
  return ready![1];
}
