/**
 * One node of a cluster, in its own network namespace. It finds services of another node by name, exchanges
 * messages with them, and offers its own. It prints each result as a line of JSON.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  AF_TIPC,
  MSG_OOB,
  SOCK_RDM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  Socket,
  TIPC_CLUSTER_SCOPE,
  TIPC_SUB_PORTS,
  TIPC_TOP_SRV,
  TIPC_WAIT_FOREVER,
} from 'berkeley';
import { TIPC_GROUP_MEMBER_EVTS } from 'berkeley/constants';
import { tipc } from 'berkeley/options';

const wait = { timeout: 40_000 };
/** The other node offers datagrams and a stream; this one offers a stream. Both are members of the group. */
const [datagrams, stream, ours, group] = [7001, 7002, 7003, 7004];

function tell(what: string, value: unknown): void {
  console.log(JSON.stringify({ what, value }));
}

/** struct tipc_subscr: type, lower, upper, timeout, filter. */
function subscription(type: number): Buffer {
  const bytes = Buffer.alloc(28);
  for (const [i, value] of [type, 0, 0xffffffff, TIPC_WAIT_FOREVER >>> 0, TIPC_SUB_PORTS].entries())
    bytes.writeUInt32LE(value, 4 * i);
  return bytes;
}

/** Subscribes to one service. Each event has its kind and its node. */
async function watch(type: number): Promise<() => Promise<{ event: number; node: number }>> {
  const watcher = new Socket(AF_TIPC, SOCK_SEQPACKET);
  await watcher.connect({ type: TIPC_TOP_SRV, instance: TIPC_TOP_SRV }, wait);
  await watcher.send(subscription(type), wait);
  return async () => {
    const event = await watcher.recv(48, wait);
    return { event: event.readUInt32LE(0), node: event.readUInt32LE(16) };
  };
}

const next = await watch(datagrams);
const published = await next();
using client = new Socket(AF_TIPC, SOCK_RDM);
const here = client.getsockname();
if (!('node' in here)) throw new Error('a socket has no node');
tell('published', { event: published.event, isElsewhere: published.node !== here.node });

await client.sendto('berkeley', { type: datagrams, instance: 3 }, wait);
const { data, address } = await client.recvfrom(100, wait);
const isThere = address?.family === 'tipc' && 'node' in address && address.node === published.node;
tell('datagram', { text: String(data), isThere });

// A lookup with this node as its domain finds only names of this node.
const nowhere = { type: datagrams, instance: 3, domain: here.node };
tell('here', await client.sendto('x', nowhere, wait).then(String, (error: { code: string }) => error.code));

using connection = new Socket(AF_TIPC, SOCK_STREAM);
await connection.connect({ type: stream, instance: 1 }, wait);
const sent = randomBytes(200_000);
await connection.sendAll(sent, wait);
tell('stream', {
  theirs: String(await connection.recv(64, wait)),
  ours: createHash('sha256').update(sent).digest('hex'),
});

using listener = new Socket(AF_TIPC, SOCK_STREAM);
listener.bind({ type: ours, lower: 0, upper: 9, scope: TIPC_CLUSTER_SCOPE });
listener.listen();
tell('listening', true);
const accepted = await listener.accept(wait);
using peer = accepted.socket;
const from = accepted.address?.family === 'tipc' && 'node' in accepted.address && accepted.address.node;
tell('accepted', { text: String(await peer.recv(100, wait)), isThere: from === published.node });

using member = new Socket(AF_TIPC, SOCK_RDM);
member.setOption(tipc.groupJoin, { type: group, instance: 1, flags: TIPC_GROUP_MEMBER_EVTS });
const news = await member.recvmsg(100, wait);
const who = news.address?.family === 'tipc' && 'ref' in news.address ? news.address : undefined;
tell('member', {
  isNews: (news.flags & MSG_OOB) !== 0,
  ...who?.member,
  isThere: who?.node === published.node,
});
await member.send('to the group', wait);
tell('group', String(await member.recv(100, wait)));

// The other node ends now, and its names are withdrawn.
tell('withdrawn', await next());
process.exit(0);
