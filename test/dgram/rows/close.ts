/** `close()`, `ref()`, `unref()` and `Symbol.asyncDispose`. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { different, type Lab, type Subject, same } from '../lab.js';

/**
 * Runs a program that creates a socket `s`, and returns whether it ended by itself. A program that does not end calls
 * `watchdog.ref()`, so that the watchdog ends it.
 */
function ends(lab: Lab, program: string): string {
  const limit = program.includes('watchdog') ? 100 : 20_000;
  const from = lab.isOurs ? 'berkeley/dgram' : 'node:dgram';
  const code = `import { createSocket } from '${from}';
    const s = createSocket('udp4');
    const watchdog = setTimeout(() => { console.log('alive'); process.exit(); }, ${limit}).unref();
    process.on('exit', () => console.log('end'));
    ${program}`;
  const hold = 'process.stdout.write("");';
  const result = execFileSync(process.execPath, ['--input-type=module', '-e', code + hold], {
    encoding: 'utf8',
    cwd: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
    timeout: 120_000,
  });
  return result.trim().replace(/\s+/g, ' ');
}

export const close: Subject = {
  title: 'Closing, and the life of the process',
  statements: [
    same('`close()` emits `close`, later, and returns the socket', async lab => {
      const socket = await lab.bound();
      const seen = lab.record(socket, 'close');
      const result = socket.close() === socket;
      const before = [...seen];
      await once(socket, 'close');
      return [result, before, seen];
    }),
    same('the callback is a listener for `close`', async lab => {
      const socket = await lab.bound();
      return lab.called(done => socket.close(done));
    }),
    same('an unbound socket can be closed', async lab => {
      const socket = lab.socket();
      return lab.called(done => socket.close(done));
    }),
    same('a second `close()` throws `ERR_SOCKET_DGRAM_NOT_RUNNING`', async lab => {
      const socket = await lab.bound();
      socket.close();
      return lab.thrown(() => socket.close());
    }),
    same('`close()` waits for datagrams that wait until the socket is bound', async lab => {
      const server = await lab.bound();
      const client = lab.socket();
      const arrived = lab.received(server);
      client.connect(server.address().port, '127.0.0.1', () => client.send('x'));
      await once(client, 'connect');
      client.close();
      return String((await arrived)[0]);
    }),
    same('after `close()`, the other methods throw `ERR_SOCKET_DGRAM_NOT_RUNNING`', async lab => {
      const socket = await lab.bound();
      socket.close();
      return [
        () => socket.address(),
        () => socket.send('x', 9),
        () => socket.bind(),
        () => socket.remoteAddress(),
      ].map(call => lab.thrown(call));
    }),
    same('the port is free after `close()`', async lab => {
      const socket = await lab.bound();
      const { port } = socket.address();
      await lab.called(done => socket.close(done));
      const next = lab.socket();
      await lab.called(done => next.bind(port, '127.0.0.1', done));
      return next.address().port === port;
    }),
    same('`Symbol.asyncDispose` closes the socket, and waits until it is closed', async lab => {
      const socket = await lab.bound();
      const seen = lab.record(socket, 'close');
      const result = await socket[Symbol.asyncDispose]();
      return [result, seen, await socket[Symbol.asyncDispose]()];
    }),
    same('`ref()` and `unref()` return the socket, also when it is closed', lab => {
      const socket = lab.socket();
      const open = [socket.ref() === socket, socket.unref() === socket];
      socket.close();
      return [...open, socket.ref() === socket, socket.unref() === socket];
    }),
    same('a bound socket keeps the process alive', lab => ends(lab, 's.bind(0, () => { watchdog.ref(); });')),
    same('an unbound socket does not', lab => ends(lab, '')),
    same('a bound socket after `unref()` does not, whether before or after binding', lab => [
      ends(lab, 's.unref(); s.bind(0);'),
      ends(lab, 's.bind(0, () => s.unref());'),
    ]),
    same('`ref()` restores it', lab =>
      ends(lab, 's.unref(); s.bind(0, () => { s.ref(); watchdog.ref(); });'),
    ),
    same('a closed socket does not', lab => ends(lab, 's.bind(0, () => s.close());')),
    different(
      '`new dgram.Socket()` is a function in the style of old classes',
      'it is a class: it cannot be called without `new`',
      'TypeError',
      lab => {
        try {
          (lab.dgram.Socket as (this: object, type: string) => void).call(
            Object.create(lab.dgram.Socket.prototype),
            'udp4',
          );
          return 'nothing was thrown';
        } catch (error) {
          return (error as Error).name;
        }
      },
    ),
  ],
};
