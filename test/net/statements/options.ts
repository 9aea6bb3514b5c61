import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { platform } from 'node:process';
import { promisify } from 'node:util';
import { borrow } from 'berkeley';
import type { Socket as OurSocket } from 'berkeley/net';
import { so, tcp } from 'berkeley/options';
import type { Scene, Statement } from '../statement.js';

const skip = platform === 'linux' ? false : 'the options are those of Linux';

/** Reads the options of the kernel of either socket. */
function kernelOptions(socket: Socket): unknown {
  const handle = (socket as unknown as OurSocket).handle ?? borrow(socket);
  return {
    nodelay: handle.getOption(tcp.nodelay as never),
    keepalive: handle.getOption(so.keepalive as never),
    idle: handle.getOption(tcp.keepidle as never),
    interval: handle.getOption(tcp.keepintvl as never),
    count: handle.getOption(tcp.keepcnt as never),
  };
}

const client = async (scene: Scene, options: object): Promise<Socket> =>
  (await scene.pair({ client: options })).client;

/** Runs a program with the module as `net`. Returns what it prints; it must end by itself. */
const run = promisify(execFile);
async function output({ specifier }: Scene, code: string): Promise<string> {
  const program = `const net = await import(${JSON.stringify(specifier)}); ${code}`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { timeout: 60_000 });
  return stdout;
}

export const options: readonly Statement[] = [
  {
    of: 'socket.setNoDelay()',
    text: 'sets TCP_NODELAY; true by default',
    skip,
    run: async scene => {
      const socket = await client(scene, {});
      const results = [socket.setNoDelay() === socket, kernelOptions(socket)];
      return [...results, kernelOptions(socket.setNoDelay(false)), kernelOptions(socket.setNoDelay(true))];
    },
  },
  {
    of: 'socket.setNoDelay()',
    text: 'can be called before the connection',
    skip,
    run: async scene => {
      const { port } = await scene.pair();
      const socket = scene.own(new scene.net.Socket()).setNoDelay().setKeepAlive(true, 9000);
      socket.connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return kernelOptions(socket);
    },
  },
  {
    of: 'socket.setKeepAlive()',
    text: 'sets SO_KEEPALIVE, and with an initial delay TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT',
    skip,
    run: async scene => {
      const results: unknown[] = [];
      for (const args of [[], [true], [true, 5000], [true, 500], [false, 5000]] as [boolean?, number?][]) {
        const socket = await client(scene, {});
        results.push(socket.setKeepAlive(...args) === socket, kernelOptions(socket));
      }
      return results;
    },
  },
  {
    of: 'net.connect(options)',
    text: 'noDelay, keepAlive and keepAliveInitialDelay are set on the connection',
    skip,
    run: async scene =>
      kernelOptions(await client(scene, { noDelay: true, keepAlive: true, keepAliveInitialDelay: 7000 })),
  },
  {
    of: 'net.createServer(options)',
    text: 'noDelay, keepAlive and keepAliveInitialDelay are set on each connection',
    skip,
    run: async scene => {
      const { peer } = await scene.pair({
        server: { noDelay: true, keepAlive: true, keepAliveInitialDelay: 7000 },
      });
      return kernelOptions(peer);
    },
  },
  {
    of: 'socket.setNoDelay()',
    text: 'setNoDelay() and setKeepAlive() do nothing on a Unix socket',
    run: async scene => {
      const { client: socket } = await scene.pair({ where: { path: scene.path() } });
      return [socket.setNoDelay() === socket, socket.setKeepAlive(true) === socket];
    },
  },
  {
    of: 'socket.ref()',
    text: 'ref() and unref() return the socket, also without a connection',
    run: async scene => {
      const socket = await client(scene, {});
      const other = new scene.net.Socket();
      return [
        socket.ref() === socket,
        socket.unref() === socket,
        other.unref() === other,
        other.ref() === other,
      ];
    },
  },
  {
    of: 'server.unref()',
    text: 'lets the process end, also before listen()',
    run: scene =>
      output(
        scene,
        `net.createServer().listen(0, '127.0.0.1', function () { this.unref(); console.log('listening'); });
         net.createServer().unref().listen(0, '127.0.0.1');`,
      ),
  },
  {
    of: 'socket.unref()',
    text: 'lets the process end, although the connection is open',
    run: scene =>
      output(
        scene,
        `const server = net.createServer(socket => socket.unref().resume()).listen(0, '127.0.0.1', () => {
           const socket = net.connect(server.address().port, '127.0.0.1').unref();
           socket.resume();
           server.unref();
           setTimeout(() => console.log(socket.readyState), 50);
         });`,
      ),
  },
  {
    of: 'socket.ref()',
    text: 'keeps the process alive until the connection has ended',
    run: scene =>
      output(
        scene,
        `const server = net.createServer(socket => { server.close(); setTimeout(() => socket.end('bye'), 50); }).listen(0, '127.0.0.1', () => {
           net.connect(server.address().port, '127.0.0.1').unref().ref().on('data', data => console.log(String(data)));
         });`,
      ),
  },
  {
    of: "Event: 'connect'",
    text: 'a listener that throws does not stop the connection',
    run: scene =>
      output(
        scene,
        `process.on('uncaughtException', error => console.log(error.message));
         const server = net.createServer(socket => socket.end('data')).listen(0, '127.0.0.1', () => {
           const socket = net.connect(server.address().port, '127.0.0.1', () => { throw new Error('in connect'); });
           socket.on('data', data => console.log(String(data))).on('close', () => server.close());
           setTimeout(() => process.exit(), 3000).unref();
         });`,
      ),
    result: 'in connect\ndata\n',
    different: 'Node.js never receives from such a connection.',
  },
  {
    of: 'Errors',
    text: "an 'error' without a listener is an uncaught exception, and so is one in a listener",
    run: scene =>
      output(
        scene,
        `process.on('uncaughtException', error => console.log('uncaught', error.code ?? error.message));
         const server = net.createServer().listen(0, '127.0.0.1', () => {
           const { port } = server.address();
           server.close(() => net.connect(port, '127.0.0.1'));
         });
         const other = net.createServer(socket => socket.end('x')).listen(0, '127.0.0.1', () => {
           const socket = net.connect(other.address().port, '127.0.0.1');
           socket.on('data', () => { throw new Error('in data'); }).on('close', () => other.close());
         });`,
      ).then(text => text.trim().split('\n').sort()),
  },
];
