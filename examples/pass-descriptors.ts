// Passes open files to another process over a Unix socket. The child has neither a path nor permission to open them.
//
// node build/examples/pass-descriptors.js
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { AF_UNIX, close, SO_PASSCRED, SOL_SOCKET, Socket, socketpair } from 'berkeley';
import { credentials, rights, spaceFor } from 'berkeley/control';

const CHILD = 3;

/** Returns the first line of a descriptor's file. */
function firstLine(fd: number): string {
  const bytes = Buffer.alloc(100);
  return bytes.toString('utf8', 0, readSync(fd, bytes)).split('\n')[0]!;
}

async function child(): Promise<void> {
  using socket = Socket.adopt(CHILD, { family: AF_UNIX });
  socket.setsockopt(SOL_SOCKET, SO_PASSCRED, 1);
  await socket.sendAll('ready');

  // recvFds() receives the data and at most two descriptors.
  const { data, fds } = await socket.recvFds(100, 2);
  console.log(`The child was handed ${fds.length} descriptors, "${data}":`);
  for (const fd of fds) {
    console.log(`  ${firstLine(fd)}`);
    close(fd); // the caller must close them
  }

  // recvmsg() also returns the other control messages: here, the sender.
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
  await socket.recv(5); // the child is ready

  const files = ['/etc/passwd', '/proc/sys/kernel/ostype'].map(path => openSync(path, 'r'));
  await socket.sendFds('two files', files);
  await socket.sendmsg({ data: 'one more', control: [rights([files[0]!]), credentials()] });
  for (const fd of files) closeSync(fd); // the messages contain duplicates
  await once(program, 'exit');
}

await (process.argv[2] === 'child' ? child() : parent());
