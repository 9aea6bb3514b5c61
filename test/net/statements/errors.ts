import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { AF_INET, Socket as DatagramSocket, SOCK_DGRAM, SocketError } from 'berkeley';
import type { Statement } from '../statement.js';

export const errors: readonly Statement[] = [
  {
    of: 'Errors',
    text: 'the class of a system error',
    run: async scene => {
      const server = await scene.listening();
      const { port } = server.address() as AddressInfo;
      await new Promise(resolve => server.close(resolve));
      const [error] = await once(scene.own(scene.net.connect(port, '127.0.0.1')), 'error');
      return [error instanceof SocketError, (error as Error).name];
    },
    result: [true, 'ConnectionRefusedError'],
    different: 'The errors are those of this package, with the code, properties and message of Node’s.',
  },
  {
    of: 'net.Socket',
    text: 'is a class, which is called with new',
    run: ({ net }) => {
      try {
        return typeof (net.Socket as unknown as () => unknown)();
      } catch (error) {
        return (error as Error).constructor.name;
      }
    },
    result: 'TypeError',
    different: 'Only undocumented uses of net.Socket and net.Server work without new.',
  },
  {
    of: 'new net.Socket({ fd })',
    text: 'takes the descriptor of a socket, and not of a pipe',
    run: ({ specifier }) =>
      withPipe(`
      const net = await import(${JSON.stringify(specifier)});
      try { new net.Socket({ fd: 0 }).destroy(); console.log("a pipe"); } catch (error) { console.log(error.message); }`),
    result: 'Unsupported fd type: PIPE',
    different: 'A pipe is not a socket: use node:net or node:fs for it.',
  },
  ...(['/dev/null', '/etc/passwd'] as const).map(
    (path): Statement => ({
      of: 'new net.Socket({ fd })',
      text: `names what ${path} is, which is not a socket`,
      run: ({ net }) => {
        const fd = openSync(path, 'r');
        try {
          return messageOf(() => new net.Socket({ fd }));
        } finally {
          closeSync(fd);
        }
      },
      result: 'Unsupported fd type: FILE',
    }),
  ),
  {
    of: 'new net.Socket({ fd })',
    text: 'names a datagram socket',
    run: ({ net }) => {
      const socket = new DatagramSocket(AF_INET, SOCK_DGRAM);
      try {
        return messageOf(() => new net.Socket({ fd: socket.fd }));
      } finally {
        socket.close();
      }
    },
    result: 'Unsupported fd type: UDP',
  },
];

function messageOf(call: () => unknown): string {
  try {
    call();
    return 'nothing thrown';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Runs a program whose standard input is a pipe. */
function withPipe(code: string): string {
  const command = 'true | "$0" --input-type=module -e "$1"';
  return execFileSync('sh', ['-c', command, process.execPath, code], { encoding: 'utf8' }).trim();
}
