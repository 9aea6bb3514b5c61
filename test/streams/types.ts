/** Checks the types of files and streams. It is compiled, but not run. */
import {
  type BinaryFile,
  fromNodeSocket,
  type Socket,
  type SocketDuplex,
  type TextFile,
  type UnixDuplex,
} from 'berkeley';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
function is<T>(): <U>(value: U, ...same: Same<T, U> extends true ? [] : [never]) => void {
  return () => undefined;
}

export function files(socket: Socket): void {
  is<TextFile>()(socket.makefile());
  is<TextFile>()(socket.makefile('rw', { newline: '', encoding: 'latin1', buffering: 1 }));
  is<BinaryFile>()(socket.makefile('rb', { buffering: 0 }));
  is<Promise<string>>()(socket.makefile('r').readline());
  is<Buffer>()(socket.makefile('b').readSync(5));
  // @ts-expect-error not a mode
  socket.makefile('a');
  // @ts-expect-error bytes have no encoding
  socket.makefile('rb', { encoding: 'utf-8' });
  // @ts-expect-error an encoding that cannot be written
  socket.makefile('r', { encoding: 'koi8-r' });
  // @ts-expect-error text is not read into memory
  socket.makefile('r').readInto(new Uint8Array(1));
  is<string>()(socket.makefile('r').readSync({ size: 1, timeout: 1 }));
  is<string>()(socket.makefile('r').readlineSync({ limit: 1, timeout: 1 }));
  is<Promise<string>>()(socket.makefile('r').readline({ timeout: 1 }));
  // @ts-expect-error a Sync call cannot be aborted
  socket.makefile('r').readSync({ size: 1, signal: AbortSignal.timeout(1) });
  // @ts-expect-error text is not bytes
  socket.makefile('w').writeSync(new Uint8Array(1));
}

export function streams(inet: Socket, unix: Socket<'unix'>, either: Socket<'inet' | 'unix'>): void {
  is<SocketDuplex>()(inet.toDuplex({ allowHalfOpen: true }));
  is<UnixDuplex>()(unix.toDuplex());
  is<SocketDuplex>()(either.toDuplex());
  unix.toDuplex().writeWithFds('x', [0, unix, { fd: 1 }]);
  // @ts-expect-error descriptors travel over Unix sockets
  inet.toDuplex().writeWithFds;
  // @ts-expect-error an option that toDuplex does not support
  inet.toDuplex({ objectMode: true });
  is<Promise<number>>()(inet.sendfile(5, { offset: 1, count: 2, timeout: 3 }));
  is<number>()(inet.sendfileSync(5, { timeout: 3 }));
  // @ts-expect-error a Sync call cannot be aborted
  inet.sendfileSync(5, { signal: AbortSignal.timeout(3) });
  is<(socket: import('node:net').Socket) => Socket<'inet' | 'inet6' | 'unix'>>()(fromNodeSocket);
}
