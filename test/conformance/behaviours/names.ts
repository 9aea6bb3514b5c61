/** Names: of both ends, and what happens to names that are taken. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { AF_UNIX, formatAddress, protocolName, SocketError } from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { hasAddress, isConnecting, isInternet } from '../../support/rows.js';
import type { Behaviour } from '../behaviour.js';

export const names: readonly Behaviour[] = [
  {
    name: 'each end knows its own name and that of the other',
    async run(context) {
      const [a, b] = await context.pair();
      assert.deepEqual(a.getsockname(), b.getpeername());
      assert.deepEqual(b.getsockname(), a.getpeername());
      assert.ok(Object.isFrozen(a.getsockname()));
    },
  },
  {
    name: 'the ends of a socketpair have no names',
    when: row => !hasAddress(row),
    async run(context) {
      const [a] = await context.pair();
      assert.deepEqual(a.getsockname(), { family: 'unix', unnamed: true });
      assert.deepEqual(a.getpeername(), { family: 'unix', unnamed: true });
    },
  },
  {
    name: 'bind gives the name that getsockname tells',
    when: hasAddress,
    async run(context) {
      const socket = context.open();
      const address = context.row.address!();
      socket.bind(address);
      const name = socket.getsockname();
      if ('path' in address) assert.deepEqual(name, { family: 'unix', path: address.path });
      else if ('abstract' in address)
        assert.deepEqual(name, { family: 'unix', abstract: Buffer.from(address.abstract) });
      else {
        assert.ok('port' in name && name.port > 0, 'the kernel chose a port');
        assert.ok('host' in address && name.host === address.host);
      }
    },
  },
  {
    name: 'an address that getsockname gave can be bound, connected and sent to',
    when: isConnecting,
    async run(context) {
      const server = context.listening();
      const client = context.open();
      await context.face.connect(client, server.getsockname());
      assert.deepEqual(client.getpeername(), server.getsockname());
    },
  },
  {
    name: 'a name that is taken fails with EADDRINUSE, and the error names it',
    when: hasAddress,
    async run(context) {
      const taken = context.bound().getsockname();
      const error = await failsWith(() => context.open().bind(taken), SocketError, 'EADDRINUSE', 'bind');
      if (isInternet(context.row)) {
        const { host, port } = taken as { host: string; port: number };
        assert.equal(error.address, host);
        assert.equal(error.port, port);
        assert.equal(error.message, `bind EADDRINUSE ${host}:${port}`);
      } else {
        const name = 'path' in taken ? taken.path : formatAddress(taken);
        assert.equal(error.address, name);
        assert.equal(error.port, undefined);
        assert.equal(error.message, `bind EADDRINUSE ${name}`);
      }
    },
  },
  {
    name: 'binding twice fails with EINVAL',
    when: hasAddress,
    async run(context) {
      const rebind = () => context.bound().bind(context.row.address!());
      await failsWith(rebind, SocketError, 'EINVAL', 'bind');
    },
  },
  {
    name: 'getpeername of what is not connected fails with ENOTCONN',
    when: hasAddress,
    async run(context) {
      await failsWith(() => context.bound().getpeername(), SocketError, 'ENOTCONN', 'getpeername');
    },
  },
  {
    name: 'what is printed shows descriptor, kind and both names',
    async run(context) {
      const [a] = await context.pair();
      const text = inspect(a, { breakLength: Number.POSITIVE_INFINITY });
      const family = context.row.family === AF_UNIX ? 'unix' : context.row.name.split(' ')[0];
      const kind = context.row.name.split(' ').at(-1)!.toUpperCase();
      assert.ok(text.startsWith(`Socket<${family}> { fd: ${a.fd}, family: 'AF_`), text);
      assert.ok(text.includes(`type: 'SOCK_${kind}'`), text);
      const protocol = protocolName(a.protocol, a.family) ?? a.protocol;
      assert.ok(text.includes(`protocol: ${inspect(protocol)}`), text);
      const shown = (address: object) => inspect(address, { breakLength: Number.POSITIVE_INFINITY });
      assert.ok(text.includes(`local: ${shown(a.getsockname())}`), text);
      assert.ok(text.includes(`remote: ${shown(a.getpeername())}`), text);
      a.close();
      assert.equal(inspect(a), `Socket<${family}> { closed }`);
      assert.equal(inspect({ a }).includes('closed'), true);
    },
  },
];
