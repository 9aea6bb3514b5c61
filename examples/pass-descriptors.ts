// Hands open files to another process, over a Unix socket: the child has no path, and no right to open anything.
//
//   node build/examples/pass-descriptors.js
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { AF_UNIX, close, SO_PASSCRED, SOL_SOCKET, Socket, socketpair } from 'berkeley';
import { credentials, rights, spaceFor } from 'berkeley/control';

const CHILD = 3;

/** The first line of what a descriptor has to be read. */
function firstLine(fd: number): string {
  const bytes = Buffer.alloc(100);
  return bytes.toString('utf8', 0, readSync(fd, bytes)).split('\n')[0]!;
}

async function child(): Promise<void> {
  using socket = Socket.adopt(CHILD, { family: AF_UNIX });
  socket.setsockopt(SOL_SOCKET, SO_PASSCRED, 1);
  await socket.sendAll('ready');

  // The data, and two descriptors at most: the short way.
  const { data, fds } = await socket.recvFds(100, 2);
  console.log(`The child was handed ${fds.length} descriptors, "${data}":`);
  for (const fd of fds) {
    console.log(`  ${firstLine(fd)}`);
    close(fd); // they are ours, and ours to close
  }

  // The long way also tells whatever else came along: here, who sent it.
  const message = await socket.recvmsg(100, { control: spaceFor(rights.space(1), credentials) });
  const sender = credentials.find(message.control);
  console.log(`"${message.data}" came from its parent: ${sender?.pid === process.ppid}`);
  for (const fd of rights.find(message.control) ?? []) close(fd);
}

async function parent(): Promise<void> {
  const [ours, theirs] = socketpair();
  using socket = ours;
  const program = spawn(process.execPath, [process.argv[1]!, 'child'], {
    stdio: ['ignore', 'inherit', 'inherit', theirs.fd],
  });
  theirs.close();
  await socket.recv(5); // it is ready

  const files = ['/etc/passwd', '/proc/sys/kernel/ostype'].map(path => openSync(path, 'r'));
  await socket.sendFds('two files', files);
  await socket.sendmsg({ data: 'one more', control: [rights([files[0]!]), credentials()] });
  for (const fd of files) closeSync(fd); // what is in flight is a duplicate
  await once(program, 'exit');
}

await (process.argv[2] === 'child' ? child() : parent());
