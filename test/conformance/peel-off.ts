/** Both ends of an SCTP association, each peeled off a one-to-many socket. */
import { type Socket, sctp_peeloff } from 'berkeley';
import { sctp } from 'berkeley/options';
import type { AnySocket, Ends } from '../support/rows.js';
import type { Context } from './behaviour.js';

/** Peels off the only association of a socket. */
function peelOff(context: Context, many: AnySocket): AnySocket {
  const socket = many as unknown as Socket<'inet'>;
  const [id] = socket.getOption(sctp.getAssocIdList);
  return context.own(sctp_peeloff(socket, id!) as unknown as AnySocket);
}

/** Two connected sockets of one association. */
export async function peeledPair(context: Context): Promise<Ends> {
  const [a, b] = [context.bound(), context.listening()];
  await context.face.connect(a, context.reach(b));
  // The peer has the association once the first message has arrived.
  await context.face.sendto(a, 'hello', context.reach(b));
  await context.face.recv(b, 100);
  const ends: Ends = [peelOff(context, a), peelOff(context, b)];
  a.close();
  b.close();
  return ends;
}
