/** Names of both ends, and names that are already in use. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { familyName, formatAddress, protocolName, SocketError, typeName, VMADDR_PORT_ANY } from 'berkeley';
import { failsWith } from '../../support/failure.js';
import { hasAddress, isConnecting, isInternet, isSocketpair } from '../../support/rows.js';
import type { Behaviour } from '../behaviour.js';

/** Whether part of an address is left for the kernel to choose. */
function isChoice(field: string, value: unknown): boolean {
  return ['port', 'pid'].includes(field) && (value === 0 || value === VMADDR_PORT_ANY);
}

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
    when: isSocketpair,
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
      const name = socket.getsockname() as unknown as Record<string, unknown>;
      for (const [field, value] of Object.entries(address)) {
        if (isChoice(field, value)) assert.ok(!isChoice(field, name[field]), `the kernel chose a ${field}`);
        else assert.deepEqual(name[field], field === 'abstract' ? Buffer.from(value) : value);
      }
    },
  },
  {
    name: 'an address that getsockname gave can be connected to',
    when: row => isConnecting(row) && row.reach === undefined,
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
        assert.ok(error.message.startsWith(`bind EADDRINUSE ${host}:${port} (`), error.message);
      } else {
        const name = 'path' in taken ? taken.path : formatAddress(taken);
        assert.equal(error.address, name);
        assert.equal(error.port, undefined);
        assert.ok(error.message.startsWith(`bind EADDRINUSE ${name}`), error.message);
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
      const family = familyName(context.row.family)!.slice('AF_'.length).toLowerCase();
      assert.ok(text.startsWith(`Socket<${family}> { fd: ${a.fd}, family: 'AF_`), text);
      assert.ok(text.includes(`type: '${typeName(a.type)}'`), text);
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
