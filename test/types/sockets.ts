/**
 * What compiles and what does not: nothing here runs, the compiler is the test. Each `@ts-expect-error` is an error if
 * the line below it compiles after all.
 */
import {
  type Accepted,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  createConnection,
  createServer,
  type Family,
  type FamilyName,
  fromfd,
  getnameinfo,
  type Inet6Address,
  type InetAddress,
  type InternetSocket,
  isFamily,
  type MessageBatch,
  type Received,
  SOCK_DGRAM,
  SOCK_STREAM,
  Socket,
  socketpair,
  type UnixAddress,
} from 'berkeley';
import { is } from './same.js';

export function families(): void {
  is<Socket<'inet'>>()(new Socket());
  is<Socket<'inet'>>()(new Socket(AF_INET));
  is<Socket<'inet6'>>()(new Socket(AF_INET6, SOCK_DGRAM));
  is<Socket<'unix'>>()(new Socket(AF_UNIX, SOCK_STREAM, 0));
  is<[Socket<'unix'>, Socket<'unix'>]>()(socketpair());
  is<Family<'inet'>>()(AF_INET);
  is<Family<'unix'>>()(new Socket(AF_UNIX).family);

  // @ts-expect-error a number is not an address family
  new Socket(2);
  // @ts-expect-error a name is not an address family
  new Socket('inet');
  // @ts-expect-error the type is a number
  new Socket(AF_INET, 'stream');
  // @ts-expect-error one family is not another
  const socket: Socket<'inet'> = new Socket(AF_UNIX);
  socket.close();
}

export function addresses(inet: Socket<'inet'>, inet6: Socket<'inet6'>, unix: Socket<'unix'>): void {
  is<InetAddress>()(inet.getsockname());
  is<Inet6Address>()(inet6.getpeername());
  is<UnixAddress>()(unix.getsockname());

  inet.bind({ host: '', port: 0 });
  inet.bind({ family: 'inet', host: '127.0.0.1', port: 0 });
  inet.bind(inet.getsockname());
  inet6.bind({ host: '::1', port: 0, scopeId: 1 });
  unix.bind({ path: '/tmp/x' });
  unix.bind({ abstract: 'x' });
  unix.bind({ abstract: Uint8Array.of(0, 255) });
  unix.bind({ unnamed: true });

  inet.bind({ host: '127.0.0.1' }); // a raw or ping socket: other sockets refuse it when the program runs
  inet6.bind({ host: '::1' });
  // @ts-expect-error the port is missing
  createServer({ host: '127.0.0.1' });
  // @ts-expect-error the port is missing
  void getnameinfo({ host: '127.0.0.1' });
  // @ts-expect-error the port is a number
  inet.bind({ host: '127.0.0.1', port: '80' });
  // @ts-expect-error IPv4 has no scope
  inet.bind({ host: '127.0.0.1', port: 80, scopeId: 1 });
  // @ts-expect-error an address of another family
  inet.bind(inet6.getsockname());
  // @ts-expect-error an address of another family, by its name
  inet.bind({ family: 'inet6', host: '::1', port: 80 });
  // @ts-expect-error an address of another family, by its fields
  inet.bind({ path: '/tmp/x' });
  // @ts-expect-error an address of another family, by its fields
  unix.bind({ host: '127.0.0.1', port: 80 });
  // @ts-expect-error a misspelt field
  unix.bind({ pathname: '/tmp/x' });
  // @ts-expect-error text is not an address
  void inet.connect('127.0.0.1:80');
  // @ts-expect-error addresses are frozen
  inet.getsockname().port = 80;
}

export async function results(inet: Socket<'inet'>, unix: Socket<'unix'>): Promise<void> {
  is<Accepted<'unix'>>()(await unix.accept());
  is<Accepted<'unix'>>()(unix.acceptSync());
  is<UnixAddress | null>()((await unix.accept()).address);
  is<Received<'inet'>>()(await inet.recvfrom(9));
  is<InetAddress | null>()(inet.recvfromSync(9).address);
  is<Buffer>()(await inet.recv(9));
  is<number>()(await inet.recvInto(new Uint8Array(9)));
  is<number>()(await inet.send('x'));
  is<void>()(await inet.sendAll('x'));
  is<void>()(await inet.connect({ host: '', port: 1 }));
  is<number>()(await inet.connectEx({ host: '', port: 1 }));
  is<number>()(inet.connectExSync({ host: '', port: 1 }));
  is<Socket<'inet'>>()(inet.dup());
  for await (const { socket } of unix.connections()) is<Socket<'unix'>>()(socket);
  for await (const chunk of unix.chunks()) is<Buffer>()(chunk);

  // @ts-expect-error the address may be undefined
  inet.recvfromSync(9).address.host;
  // @ts-expect-error a Sync call does not return a promise
  inet.recvSync(9).then();
}

export async function makers(fd: number): Promise<void> {
  is<Socket<'inet'>>()(createServer({ host: '', port: 0 }));
  is<Socket<'inet6'>>()(createServer({ host: '', port: 0 }, { family: AF_INET6 }));
  is<Socket<'unix'>>()(createServer({ path: '/tmp/x' }));
  is<InternetSocket>()(await createConnection({ host: 'localhost', port: 80 }));
  is<Socket<'inet'>>()(fromfd<'inet'>(fd));
  is<Socket<'unix'>>()(Socket.adopt(fd, { family: AF_UNIX }));

  // @ts-expect-error a Unix server has no host
  createServer({ path: '/tmp/x', host: '' });
  // @ts-expect-error an option that does not exist
  createServer({ host: '', port: 0 }, { reuse: true });
  is<Socket<'unix'>>()(await createConnection({ path: '/tmp/x' }));
  is<Socket<'inet6'>>()(createServer({ host: '::1', port: 0 }));
  is<Socket<'inet'>>()(createServer({ port: 0 }));
  is<Socket<'inet6'>>()(createServer(new Socket(AF_INET6).getsockname()));
  const host: string = '::1';
  is<InternetSocket>()(createServer({ host, port: 0 }));

  // @ts-expect-error an inet server is not an inet6 socket
  const server: Socket<'inet6'> = createServer({ host: '127.0.0.1', port: 0 });
  // @ts-expect-error a socket without a family is an inet socket
  const socket: Socket<'unix'> = new Socket();
  return void [server, socket];
}

/** Internal members are not in the declarations. */
export function privateParts(socket: Socket, batch: MessageBatch): void {
  // @ts-expect-error
  batch.memory;
  // @ts-expect-error
  batch.startReceiving();
  // @ts-expect-error
  socket.core;
  // @ts-expect-error
  socket.handle;
  // @ts-expect-error
  socket.driver;
  // @ts-expect-error
  socket.drive;
  // @ts-expect-error
  socket.waitable;
  // @ts-expect-error
  socket.lend();
}

export async function named(
  inet: Socket,
  inet6: Socket<'inet6'>,
  unknown: Socket<FamilyName>,
): Promise<void> {
  for await (const { address } of inet.datagrams()) is<InetAddress>()(address);
  for await (const { address } of inet6.connections()) is<string>()(address.host);
  is<string>()((await inet.accept()).address.host);
  is<string | undefined>()((await inet.recvError()).offender?.host);
  if (isFamily(unknown, AF_INET6)) is<Inet6Address>()(unknown.getsockname());
}
