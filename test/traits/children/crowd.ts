/** Two thousand clients connect to one server at once. leaks.test.ts runs this program. */
import assert from 'node:assert/strict';
import { createServer, Socket } from 'berkeley';
import { countDescriptors, warmUp } from '../../support/descriptors.js';

/** Wine needs some milliseconds for each. */
const CLIENTS = process.platform === 'win32' ? 200 : 2000;
const ROUNDS = 3;

await warmUp();
const before = countDescriptors();
const server = createServer({ host: '127.0.0.1', port: 0 }, { backlog: CLIENTS });
const address = server.getsockname();

async function echo(socket: Socket<'inet'>): Promise<void> {
  using own = socket;
  for await (const chunk of own.chunks()) await own.sendAll(chunk);
}

const echoing: Promise<void>[] = [];
const serving = (async () => {
  for await (const { socket } of server.connections()) echoing.push(echo(socket));
})();

async function connect(): Promise<Socket<'inet'>> {
  const client = new Socket();
  await client.connect(address);
  return client;
}

async function ask(client: Socket<'inet'>, text: string): Promise<void> {
  await client.sendAll(text);
  let answer = '';
  while (answer.length < text.length) answer += await client.recv(text.length - answer.length);
  assert.equal(answer, text);
}

const clients = await Promise.all(Array.from({ length: CLIENTS }, connect));
for (let round = 0; round < ROUNDS; round++) {
  await Promise.all(clients.map((client, i) => ask(client, `round ${round} of client ${i};`)));
}
assert.equal(echoing.length, CLIENTS);
assert.ok(countDescriptors() >= before + 2 * CLIENTS, 'all were open at once');
for (const client of clients) client.close();
await Promise.all(echoing);
server.close();
await serving;
assert.equal(countDescriptors(), before);
