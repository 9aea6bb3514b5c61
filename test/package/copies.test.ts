/** `import` and `require` share one copy of everything, in every runtime. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PackedProject } from '../support/packed.js';
import { runtimes } from '../support/runtimes.js';
import { run } from './consumers.js';

const project = new PackedProject();
after(() => project.dispose());

project.write(
  'required.cjs',
  `const berkeley = require('berkeley');
   const { tcp } = require('berkeley/options');
   module.exports = { berkeley, tcp };`,
);
project.write(
  'both.mjs',
  `import assert from 'node:assert/strict';
   import * as imported from 'berkeley';
   import { tcp } from 'berkeley/options';
   import { select } from 'berkeley/select';
   import required from './required.cjs';

   assert.equal(required.berkeley.Socket, imported.Socket);
   assert.equal(required.tcp.info, tcp.info);
   const server = required.berkeley.createServer({ host: '127.0.0.1', port: 0 });
   const client = await imported.createConnection(server.getsockname());
   assert.ok(client instanceof required.berkeley.Socket && server instanceof imported.Socket);
   const [readers] = await select([server], [], [], 5000);
   assert.deepEqual(readers, [server]);
   assert.equal(typeof client.getOption(required.tcp.info).rtt, 'number');
   for (const socket of [client, server]) socket.close();
   assert.throws(() => client.sendSync('x'), required.berkeley.SocketError);
   required.berkeley.setDefaultTimeout(7);
   assert.equal(new imported.Socket().timeout, 7);
   console.log('one copy');`,
);

for (const { name, command, args, env, skip } of runtimes) {
  test(name, { skip }, async () => {
    const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    const { out } = await run(project.folder, 'env', ...variables, command, ...args, 'both.mjs');
    assert.match(out, /^one copy$/m);
  });
}

const deno = runtimes.find(({ name }) => name === 'Deno')!;

test('Deno needs no permission but to load the addon', { skip: deno.skip }, async () => {
  const { out } = await run(
    project.folder,
    deno.command,
    'run',
    '--quiet',
    '--no-prompt',
    '--allow-ffi',
    'both.mjs',
  );
  assert.match(out, /^one copy$/m);
});
