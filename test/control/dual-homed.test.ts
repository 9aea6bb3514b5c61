/** A machine with two addresses: the destination of a datagram, and an answer from that address. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Program } from '../support/program.js';
import { Machines, withoutNamespaces } from './namespaces.js';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const WHOLE = 100;
/** More than an Ethernet frame holds, so it arrives in fragments. */
const CUT = 4000;

test('a dual-homed machine answers from the address that was asked', {
  skip: withoutNamespaces(),
}, async () => {
  using machines = new Machines();
  const node = process.execPath;
  const [server, ...itsArguments] = machines.on(0, node, beside('dual-homed-server.js'));
  using serving = new Program('the server', [server, ...itsArguments]);
  assert.equal(await serving.hear(), 'ready');
  const ports = machines.ports(0);
  const hosts = ports.flatMap(({ inet, inet6 }) => [inet, inet6]);
  const [client, ...more] = machines.on(1, node, beside('dual-homed-client.js'), `${WHOLE},${CUT}`, ...hosts);
  using asking = new Program('the client', [client, ...more]);
  for (const port of ports) {
    for (const host of [port.inet, port.inet6]) {
      for (const size of [WHOLE, CUT]) {
        const told = { local: host, interface: port.interface };
        const { fragment, ...seen } = await serving.hear<{ fragment?: number }>();
        assert.deepEqual(seen, told);
        if (size === WHOLE) assert.equal(fragment, undefined);
        else assert.ok(fragment! > 1400 && fragment! <= 1500, `fragments of ${fragment} bytes`);
        assert.deepEqual(await asking.hear(), { asked: host, answered: host, size, told: size });
      }
    }
  }
  await Promise.all([asking.end(), serving.end()]);
});
