/** Both ends of an SCTP association, each peeled off a socket that can have many. */
import { type Socket, sctp_peeloff } from 'berkeley';
import { sctp } from 'berkeley/options';
import type { AnySocket, Ends } from '../support/rows.js';
import type { Context } from './behaviour.js';

/** The socket of the only association that a socket has. */
function peelOff(context: Context, many: AnySocket): AnySocket {
  const socket = many as unknown as Socket<'inet'>;
  const [id] = socket.getOption(sctp.getAssocIdList);
  return context.own(sctp_peeloff(socket, id!) as unknown as AnySocket);
}

/** Two connected sockets of an association. */
export async function peeledPair(context: Context): Promise<Ends> {
  const [a, b] = [context.bound(), context.listening()];
  await context.face.connect(a, context.reach(b));
  // The peer has the association when the first message has arrived.
  await context.face.sendto(a, 'hello', 0, context.reach(b));
  await context.face.recv(b, 100);
  const ends: Ends = [peelOff(context, a), peelOff(context, b)];
  a.close();
  b.close();
  return ends;
}
