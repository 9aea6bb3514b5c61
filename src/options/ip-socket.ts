/** Options of both IP families, for the functions that set the option of a socket's family. */
import { checkFunction, checkObject } from '../errors/argument.js';
import { UnsupportedError } from '../errors/errors.js';
import { AF_INET } from '../families/inet/constants.js';
import type { OptionOwner, WritableOption } from './option.js';

/** An IPv4 or IPv6 socket, or another object with its options. */
export type IpSocket = OptionOwner<'inet'> | OptionOwner<'inet6'> | OptionOwner<'inet' | 'inet6'>;

/** Checks that a value is a socket, or another object with its options. */
export function checkSocket(socket: unknown): void {
  checkFunction((checkObject(socket, 'socket') as OptionOwner<'inet'>).setOption, 'socket.setOption');
}

/** Sets an option of IPv4, on a socket of either family. Raw IPv6 sockets, and those of other systems, do not have it, and are skipped. */
export function setIpv4<T>(socket: IpSocket, row: WritableOption<T, 'inet'>, value: NoInfer<T>): void {
  const isOwn = socket.family === AF_INET;
  if (!isOwn && process.platform !== 'linux') return;
  try {
    (socket as { setOption<V>(row: WritableOption<V, 'inet'>, value: V): void }).setOption(row, value);
  } catch (error) {
    if (isOwn || !(error instanceof UnsupportedError)) throw error;
  }
}
