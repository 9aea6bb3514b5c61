/** What the tests of CAN have in common: the interface, and when a program of can-utils is ready. */
import { readFileSync } from 'node:fs';
import { AF_CAN, CAN_RAW, SOCK_RAW, Socket } from 'berkeley';
import { needsCommand, needsSocket, type Skip } from './kernel.js';
import { Child, waitFor } from './running.js';

/** A virtual bus, which carries CAN FD. */
export const vcan = 'vcan0';

/** Skips where there is no bus, or no can-utils. */
export function needsCan(protocol: number, type: number = SOCK_RAW): Skip {
  return (
    needsSocket('AF_CAN and vcan0', AF_CAN, type, protocol, vcan) || needsCommand('candump', 'can-utils')
  );
}

/** A CAN_RAW socket on the bus. */
export function openBus(networkInterface: string = vcan): Socket<'can'> {
  const socket = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
  socket.bind({ interface: networkInterface });
  return socket;
}

/** How many sockets the kernel lists as receivers in a file of /proc/net/can. */
export function receivers(list: string): number {
  return readFileSync(`/proc/net/can/${list}`, 'utf8')
    .split('\n')
    .filter(line => line.trimStart().startsWith(`${vcan} `)).length;
}

/** Starts a program, and waits until the kernel knows it as one more receiver. */
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

/** candump, listening. */
export const candump = (...args: string[]): Promise<Child> =>
  startReceiver('rcvlist_all', 'candump', '-L', ...args, vcan);
