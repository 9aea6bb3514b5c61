/** What compiles and what does not, for batches and select: see sockets.ts. */
import { AF_INET6, AF_UNIX, type InetAddress, MessageBatch, type Socket } from 'berkeley';
import { POLLIN, poll, Selector, select } from 'berkeley/select';
import { is } from './same.js';

export async function batches(inet: Socket, inet6: Socket<'inet6'>, unix: Socket<'unix'>): Promise<void> {
  const four = new MessageBatch({ count: 1, size: 1 });
  const six = new MessageBatch({ count: 1, size: 1, family: AF_INET6 });
  const local = new MessageBatch({ count: 1, size: 1, family: AF_UNIX, controlSize: 24, oneByOne: true });
  is<InetAddress | null>()(four.address(0));
  is<Buffer>()(four.data(0));
  is<Buffer[]>()(six.segments(0));
  await inet.recvmmsg(four, { timeout: 1 });
  inet.recvmmsgSync(four, { timeout: 1 });
  inet6.sendmmsgSync(six);
  await unix.sendmmsg(local);
  local.push('x', { path: '/x' }, []);
  four.push('x', four.address(0), { segmentSize: 1 });
  six.push('x', { host: '::1', port: 1, scopeId: 1 });

  // @ts-expect-error a batch of another family
  await inet.recvmmsg(six);
  // @ts-expect-error an address of another family
  local.push('x', { host: '127.0.0.1', port: 1 });
  // @ts-expect-error the size of a message is required
  new MessageBatch({ count: 1 });
  // @ts-expect-error a Sync call cannot be aborted
  inet.recvmmsgSync(four, { signal: AbortSignal.timeout(1) });
  // @ts-expect-error the number of messages is read-only
  four.length = 0;
}

export async function readiness(socket: Socket, unix: Socket<'unix'>, fd: number): Promise<void> {
  const [readers, writers] = await select([socket, fd], [unix], [], { timeout: 5 });
  const mixed: (Socket | number)[] = readers;
  is<number>()(mixed.length);
  is<Socket<'unix'>[]>()(writers);
  const list = poll<Socket>();
  for (const [target, events] of list.pollSync(5)) {
    is<Socket>()(target);
    is<number>()(events);
  }
  const plain = new Selector();
  plain.register(socket, POLLIN);
  plain.register(0, POLLIN, undefined, { edge: true });
  const named = new Selector<string>();
  named.register(unix, POLLIN, 'name');
  is<string>()((await named.wait({ max: 1 }))[0]!.data);

  // @ts-expect-error the data is required
  named.register(socket, POLLIN);
  // @ts-expect-error a path is not a descriptor
  plain.register('/dev/null', POLLIN);
  // @ts-expect-error a Sync wait has no signal
  plain.waitSync({ signal: AbortSignal.timeout(1) });
  // @ts-expect-error not a list
  await select(socket, [], []);
  // @ts-expect-error a target of a type that the list does not have
  list.register(unix);
}
