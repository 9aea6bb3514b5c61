/**
 * Opens and closes connections. leaks.test.ts runs this program. The arguments are the transport (`tcp` or
 * `unix`), the form (`promise` or `Sync`) and the count. It prints as JSON what is left afterwards.
 */
import {
  type AddressInput,
  AF_INET,
  AF_UNIX,
  createServer,
  type Family,
  SO_LINGER,
  SOL_SOCKET,
  Socket,
} from 'berkeley';
import { countDescriptors, warmUp } from '../../support/descriptors.js';
import { freshName } from '../../support/names.js';
import type { AnySocket, Tested } from '../../support/rows.js';

const [, , transport, face, count] = process.argv;

/** Closing resets the connection, so that no port stays in TIME_WAIT. Otherwise the ports would run out. */
const NO_LINGER = new Uint8Array(Int32Array.of(1, 0).buffer);

const family = (transport === 'tcp' ? AF_INET : AF_UNIX) as Family<Tested>;
const server: AnySocket =
  transport === 'tcp'
    ? createServer({ host: '127.0.0.1', port: 0 })
    : createServer({ abstract: freshName() });
const address = server.getsockname() as AddressInput<Tested>;

function newClient(): AnySocket {
  const client = new Socket<Tested>(family);
  if (transport === 'tcp') client.setsockopt(SOL_SOCKET, SO_LINGER, NO_LINGER);
  return client;
}

async function cycle(): Promise<void> {
  const client = newClient();
  if (face === 'Sync') {
    client.connectSync(address);
    server.acceptSync().socket.close();
  } else {
    await client.connect(address);
    (await server.accept()).socket.close();
  }
  client.close();
}

async function cycles(many: number): Promise<void> {
  for (let i = 0; i < many; i++) {
    await cycle();
    // Gives finalisers and timers a turn, as happens between the requests of a server.
    if (i % 1000 === 0) await new Promise(resolve => setImmediate(resolve));
  }
}

async function heapInUse(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    globalThis.gc!();
    await new Promise(resolve => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

await warmUp();
await cycles(2000); // lets the engine compile and cache what it keeps once
const descriptors = countDescriptors();
const heap = await heapInUse();
await cycles(Number(count));
const grown = (await heapInUse()) - heap;
process.stdout.write(JSON.stringify({ descriptors: countDescriptors() - descriptors, heap: grown }));
process.exit();
