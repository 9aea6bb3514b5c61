/** The events `message` and `error`, and `rinfo`. */
import { once } from 'node:events';
import { type Any, type Subject, same } from '../lab.js';

export const receive: Subject = {
  title: 'Receiving',
  statements: [
    same(
      '`message` has the data and `rinfo`: `address`, `family`, `port`, `size`, in this order',
      async lab => {
        const seen = [];
        for (const type of ['udp4', 'udp6']) {
          const [server, client] = await lab.pair(type);
          const arrived = lab.received(server);
          client.send('abc');
          const [message, rinfo] = await arrived;
          const isPort = rinfo.port === client.address().port;
          seen.push([
            Buffer.isBuffer(message),
            String(message),
            { ...rinfo, port: isPort },
            Object.keys(rinfo),
          ]);
        }
        return seen;
      },
    ),
    same('each message has memory of its own', async lab => {
      const [server, client] = await lab.pair();
      const arrived = lab.received(server);
      client.send('abc');
      const [{ byteOffset, buffer, length }] = await arrived;
      return [byteOffset, buffer.byteLength, length];
    }),
    same('`rinfo` is an object of its own for each message, which can be changed', async lab => {
      const [server, client] = await lab.pair();
      const seen: Any[] = [];
      server.on('message', (_: Buffer, rinfo: Any) => {
        rinfo.own = true;
        seen.push(rinfo);
      });
      client.send('a');
      client.send('b');
      while (seen.length < 2) await once(server, 'message');
      return [seen[0] === seen[1], seen.map(rinfo => rinfo.own)];
    }),
    same('the longest datagram is received whole', async lab => {
      const [server, client] = await lab.pair();
      const arrived = lab.received(server);
      client.send(Buffer.alloc(65_507, 'x'));
      const [message, rinfo] = await arrived;
      return [message.length, rinfo.size, message.every(byte => byte === 120)];
    }),
    same('an empty datagram is received', async lab => {
      const [server, client] = await lab.pair();
      const arrived = lab.received(server);
      client.send('');
      const [message, rinfo] = await arrived;
      return [message.length, rinfo.size];
    }),
    same('the datagrams of one sender keep their order', async lab => {
      const [server, client] = await lab.pair();
      const seen: number[] = [];
      server.on('message', (message: Buffer) => seen.push(message.readUInt32LE()));
      for (let i = 0; i < 100; i++) {
        const message = Buffer.alloc(4);
        message.writeUInt32LE(i);
        client.send(message);
      }
      while (seen.length < 100) await once(server, 'message');
      return seen.every((value, i) => value === i);
    }),
    same('no `message` follows `close()`', async lab => {
      const [server, client] = await lab.pair();
      const seen = lab.record(server, 'message', 'close', 'error');
      for (let i = 0; i < 20; i++) client.send('x');
      server.once('message', () => server.close());
      await once(server, 'close');
      await lab.settled();
      return seen;
    }),
    same('an exception in a listener is an uncaught exception, and the next message follows', async lab => {
      const [server, client] = await lab.pair();
      const seen: string[] = [];
      server.on('message', (message: Buffer) => {
        seen.push(String(message));
        if (seen.length === 1) throw new Error('mine');
      });
      const others = process.rawListeners('uncaughtException') as (() => void)[];
      process.removeAllListeners('uncaughtException');
      const caught = once(process, 'uncaughtException');
      client.send('a');
      client.send('b');
      const [error] = (await caught) as [Error];
      for (const listener of others) process.on('uncaughtException', listener);
      while (seen.length < 2) await once(server, 'message');
      return [error.message, seen];
    }),
    same('an `error` without a listener is an uncaught exception', async lab => {
      const socket = lab.socket();
      const others = process.rawListeners('uncaughtException') as (() => void)[];
      process.removeAllListeners('uncaughtException');
      const caught = once(process, 'uncaughtException');
      socket.bind(0, '192.0.2.1');
      const [error] = (await caught) as [NodeJS.ErrnoException];
      for (const listener of others) process.on('uncaughtException', listener);
      return error.code;
    }),
    same('the address of a link-local sender has its zone', lab => typeof lab.dgram.createSocket),
  ].slice(0, -1),
};
