/** The credentials of a peer are the kernel's: a peer without privileges can neither forge nor hide them. */
import { createServer } from 'berkeley';
import { credentials } from 'berkeley/control';
import { so } from 'berkeley/options';
import { freshName } from '../../support/names.js';
import type { Trial } from '../part.js';
import { asNobody, NOBODY, needsRootToBecomeNobody } from './nobody.js';

export async function peerCredentials(trial: Trial): Promise<void> {
  if (needsRootToBecomeNobody) {
    trial.figure('skipped, needs root', 1);
    return;
  }
  const name = freshName();
  using server = createServer({ abstract: name });
  const answer = asNobody('forging-program', [name]);
  answer.catch(() => server.close()); // ends the wait below
  const { socket } = await server.accept();
  using peer = socket;
  const { pid, uid, gid } = peer.getOption(so.peercred);
  peer.setOption(so.passcred, true);
  await peer.sendAll('1');
  const plain = await peer.recvmsg(64, { control: 64, timeout: 60_000 });
  await peer.sendAll('2');
  const honest = await peer.recvmsg(64, { control: 64, timeout: 60_000 });
  const child = await answer;
  trial.expect(
    pid === child.pid && uid === NOBODY && gid === NOBODY,
    `SO_PEERCRED is ${pid}, ${uid}, ${gid}`,
  );
  trial.expect(child.stdout.trim() === '["EPERM","EPERM","EPERM"]', `forged credentials: ${child.stdout}`);
  const real = JSON.stringify({ pid: child.pid, uid: NOBODY, gid: NOBODY });
  for (const [message, text] of [
    [plain, 'plain'],
    [honest, 'honest'],
  ] as const) {
    const found = JSON.stringify(credentials.find(message.control));
    trial.expect(
      `${message.data}` === text && found === real,
      `${message.data} came with ${found}, not ${real}`,
    );
  }
  trial.figure('forged credentials refused', 3);
}
