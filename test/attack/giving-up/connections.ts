/** Connections: each established connection is accepted once, and none stays open. */
import assert from 'node:assert/strict';
import { type Accepted, createServer, Socket } from 'berkeley';
import type { Outcome, Round } from './round.js';

export async function playConnections(round: Round): Promise<void> {
  const { random } = round;
  const server = createServer({ host: '127.0.0.1', port: 0 });
  const address = server.getsockname();
  const clients: Socket[] = [];
  const accepted: Accepted<'inet'>[] = [];
  const accept = (outcome: Outcome<Accepted<'inet'>>): void => {
    if ('value' in outcome) accepted.push(outcome.value);
  };
  let connected = 0;
  const connect = (outcome: Outcome<void>): void => {
    if ('value' in outcome) connected++;
  };
  for (let i = random.between(1, 20); i > 0; i--) {
    await round.pause();
    const limits = round.limits();
    switch (random.between(0, 3)) {
      case 0:
        round.watch('accept', () => server.accept(limits), accept);
        break;
      case 1:
        round.watchSync('acceptSync', () => server.acceptSync(round.syncLimits()), accept);
        break;
      case 2: {
        const next = () => server.connections(limits).next();
        round.watch('connections', next, outcome => {
          if ('value' in outcome && outcome.value.done !== true) accept({ value: outcome.value.value });
        });
        break;
      }
      default: {
        const client = new Socket();
        clients.push(client);
        const where = random.chance(0.2) ? { ...address, host: 'localhost' } : address;
        const call = round.watch('connect', () => client.connect(where, { ...limits }), connect);
        if (random.chance(0.5)) await round.waitFor(call);
      }
    }
  }
  // The kernel may have completed a connect that was aborted or timed out.
  await new Promise(resolve => setTimeout(resolve, 5));
  for (let isOver = false; !isOver; ) {
    round.watchSync(
      'rest',
      () => server.acceptSync({ timeout: 0 }),
      outcome => {
        isOver = 'error' in outcome && accepted.length >= connected;
        accept(outcome);
      },
    );
    if (accepted.length < connected) await new Promise(resolve => setTimeout(resolve, 1));
  }
  for (const client of clients) client.close();
  server.close();
  await round.settle();
  const peers = new Set(accepted.map(({ address: { port } }) => port));
  assert.equal(peers.size, accepted.length, 'a connection was accepted twice');
  assert.ok(accepted.length >= connected, 'a connection was not accepted');
  for (const { socket } of accepted) socket.close();
}
