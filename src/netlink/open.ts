import { SOCK_RAW } from '../constants/socket.js';
import { invalidType } from '../errors/argument.js';
import { AF_NETLINK } from '../families/netlink/constants.js';
import { Socket } from '../socket/socket.js';

/**
 * Opens a netlink socket, bound to a port that the kernel chooses. When a step fails, the socket is closed.
 *
 * @param prepare what else has to succeed before the socket is in use
 */
export function openNetlinkSocket<T>(
  protocol: number,
  prepare: (socket: Socket<'netlink'>) => T,
): { readonly socket: Socket<'netlink'>; readonly result: T } {
  if (typeof protocol !== 'number') throw invalidType('protocol', 'of type number', protocol);
  const socket = new Socket(AF_NETLINK, SOCK_RAW, protocol);
  try {
    socket.bind({});
    return { socket, result: prepare(socket) };
  } catch (error) {
    socket.close();
    throw error;
  }
}
