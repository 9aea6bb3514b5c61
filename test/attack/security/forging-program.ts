/**
 * Connects as nobody to the abstract name in its argument, and pretends to be root. Prints the code of the error, then sends
 * a message without and one with its real credentials.
 */
import { createConnection, PermissionError } from 'berkeley';
import { credentials } from 'berkeley/control';
import { becomeNobody, NOBODY } from './nobody.js';

becomeNobody();
const socket = await createConnection({ abstract: process.argv[2]! });
await socket.recv(1); // the server has switched SO_PASSCRED on

async function forge(claimed: { pid: number; uid: number; gid: number }): Promise<string> {
  try {
    await socket.sendmsg({ data: 'forged', control: [credentials(claimed)] });
    return 'accepted';
  } catch (error) {
    return error instanceof PermissionError ? error.code! : String(error);
  }
}

const own = { pid: process.pid, uid: NOBODY, gid: NOBODY };
const outcomes = [
  await forge({ ...own, uid: 0 }),
  await forge({ ...own, gid: 0 }),
  await forge({ ...own, pid: 1 }),
];
await socket.sendAll('plain');
await socket.recv(1); // so that the messages are not received as one
await socket.sendmsg({ data: 'honest', control: [credentials(own)] });
console.log(JSON.stringify(outcomes));
socket.close();
