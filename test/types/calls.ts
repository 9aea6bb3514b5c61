/** What compiles and what does not, in the arguments of calls: see sockets.ts. */
import {
  AF_UNIX,
  BlockingError,
  type ConnectionRefusedError,
  type InetAddressInput,
  MSG_DONTWAIT,
  MSG_PEEK,
  SO_REUSEADDR,
  SOL_SOCKET,
  Socket,
  type SocketError,
  setDefaultTimeout,
  TimeoutError,
  type WaitOptions,
} from 'berkeley';
import { is } from './same.js';

export async function data(socket: Socket<'inet'>, to: InetAddressInput): Promise<void> {
  await socket.send('text');
  await socket.send(new DataView(new ArrayBuffer(1)));
  await socket.send(new ArrayBuffer(1));
  await socket.sendto('x', to);
  await socket.sendto('x', to, MSG_DONTWAIT);
  await socket.sendto('x', to, { flags: MSG_DONTWAIT, timeout: 5 });
  socket.sendtoSync('x', to, { flags: MSG_DONTWAIT, timeout: 5 });
  await socket.recvInto(new Float64Array(1));

  // @ts-expect-error an array is not data
  await socket.send([1, 2]);
  // @ts-expect-error a number is not data
  await socket.sendAll(5);
  // @ts-expect-error text cannot be written to
  await socket.recvInto('text');
  // @ts-expect-error data, address, options: not the order of BSD
  await socket.sendto('x', MSG_DONTWAIT, to);
  // @ts-expect-error flags and a limit are one argument
  await socket.sendto('x', to, MSG_DONTWAIT, { timeout: 5 });
  // @ts-expect-error a Sync call cannot be aborted
  socket.sendtoSync('x', to, { signal: AbortSignal.timeout(5) });
  // @ts-expect-error an address of another family
  await socket.sendto('x', { path: '/tmp/x' });
  // @ts-expect-error the size comes first
  await socket.recv({ timeout: 5 });
  // @ts-expect-error a size is a number
  await socket.recv('9');
}

export async function waits(socket: Socket<'inet'>, signal: AbortSignal): Promise<void> {
  const wait: WaitOptions = { signal, timeout: 5 };
  await socket.recv(9, wait);
  await socket.recv(9, MSG_PEEK);
  await socket.recv(9, { flags: MSG_PEEK, ...wait });
  socket.recvSync(9, { flags: MSG_PEEK, timeout: 5 });
  await socket.recv(9, { timeout: null });
  await socket.recv(9, { signal: undefined, timeout: undefined });
  await socket.accept({ signal });

  // @ts-expect-error a timeout is a number of milliseconds
  await socket.recv(9, { timeout: '5' });
  // @ts-expect-error a signal, not its controller
  await socket.recv(9, { signal: new AbortController() });
  // @ts-expect-error an option that does not exist
  await socket.recv(9, { wait: 5 });
  // @ts-expect-error flags and a limit are one argument
  await socket.recv(9, MSG_PEEK, wait);
  // @ts-expect-error a Sync call cannot be aborted
  socket.recvSync(9, { signal });
}

export function modes(socket: Socket<'inet'>): void {
  is<number | null>()(socket.timeout);
  socket.timeout = null;
  socket.timeout = 5;
  setDefaultTimeout(null);
  is<boolean>()(socket.getBlocking());

  // @ts-expect-error neither null nor a number
  socket.timeout = undefined;
  // @ts-expect-error neither null nor a number
  setDefaultTimeout('5');
  // @ts-expect-error a boolean
  socket.setBlocking(0);
  // @ts-expect-error the descriptor is read-only
  socket.fd = 5;
  // @ts-expect-error the family is read-only
  socket.family = AF_UNIX;
}

export function options(socket: Socket<'inet'>): void {
  is<number>()(socket.getsockopt(SOL_SOCKET, SO_REUSEADDR));
  is<Buffer>()(socket.getsockopt(SOL_SOCKET, SO_REUSEADDR, 4));
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, true);
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, new Uint8Array(4));
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, null, 4);

  // @ts-expect-error null needs a length
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, null);
  // @ts-expect-error only null has a length
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1, 4);
  // @ts-expect-error neither a number nor bytes
  socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, { on: true });
  // @ts-expect-error a level is a number
  socket.getsockopt('SOL_SOCKET', SO_REUSEADDR);
}

export function errors(error: unknown, refused: ConnectionRefusedError): void {
  if (error instanceof TimeoutError) is<number | undefined>()(error.bytesTransferred);
  if (error instanceof BlockingError) is<string>()(error.code);
  const some: SocketError = refused;
  is<number>()(some.errno);
  is<number | undefined>()(some.port);

  // @ts-expect-error the properties of an error are read-only
  some.code = 'EOTHER';
}

export function disposing(): void {
  using one = new Socket();
  is<Socket<'inet'>>()(one);
}
