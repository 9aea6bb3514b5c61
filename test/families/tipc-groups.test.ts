/**
 * AF_TIPC communication groups: joining, leaving, and the four ways to send. One of the members is in Python.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AF_TIPC,
  formatAddress,
  MSG_EOR,
  MSG_OOB,
  parseAddress,
  SOCK_RDM,
  Socket,
  TIPC_NODE_SCOPE,
  type TipcMember,
} from 'berkeley';
import { TIPC_GROUP_LOOPBACK, TIPC_GROUP_MEMBER_EVTS } from 'berkeley/constants';
import { tipc } from 'berkeley/options';
import { needsSocket } from '../support/kernel.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const wait = { timeout: 20_000 };
let next = 40_000;

/** A member of a group that receives membership events. */
function join(type: number, instance: number, flags = TIPC_GROUP_MEMBER_EVTS): Socket<'tipc'> {
  const socket = new Socket(AF_TIPC, SOCK_RDM);
  socket.setOption(tipc.groupJoin, { type, instance, scope: TIPC_NODE_SCOPE, flags });
  return socket;
}

interface Heard {
  readonly text: string;
  /** The event of the member; absent if it sent a message. */
  readonly event: 'joined' | 'left' | undefined;
  readonly member: TipcMember | undefined;
}

/**
 * The next message of a group, or a membership event, which is an empty out-of-band message, with MSG_EOR if
 * the member left.
 */
async function hear(socket: Socket<'tipc'>): Promise<Heard> {
  const { data, flags, address } = await socket.recvmsg(1000, wait);
  assert.ok(address?.family === 'tipc' && 'ref' in address, 'every message of a group names its member');
  assert.deepEqual(parseAddress(formatAddress(address)), address);
  const event = (flags & MSG_OOB) === 0 ? undefined : (flags & MSG_EOR) === 0 ? 'joined' : 'left';
  return { text: String(data), event, member: address.member };
}

const joined = (type: number, instance: number): Heard => ({
  text: '',
  event: 'joined',
  member: { type, instance },
});
const said = (text: string, type: number, instance: number): Heard => ({
  text,
  event: undefined,
  member: { type, instance },
});

/** Two members that have received each other's join events. */
async function pair(): Promise<[Socket<'tipc'>, Socket<'tipc'>, number]> {
  const type = ++next;
  const [one, two] = [join(type, 1), join(type, 2)];
  assert.deepEqual(await hear(one), joined(type, 2));
  assert.deepEqual(await hear(two), joined(type, 1));
  return [one, two, type];
}

async function hearsNothing(socket: Socket<'tipc'>): Promise<void> {
  await assert.rejects(socket.recv(100, { timeout: 200 }), { name: 'TimeoutError' });
}

const theirMember = (type: number): string => `
import socket, struct
SOL_TIPC, TIPC_GROUP_JOIN, TIPC_GROUP_LEAVE = 271, 135, 136
with socket.socket(socket.AF_TIPC, socket.SOCK_RDM) as s:
    s.setsockopt(SOL_TIPC, TIPC_GROUP_JOIN, struct.pack('4I', ${type}, 9, 3, 2))
    while True:
        data, control, flags, address = s.recvmsg(100)
        event = flags & socket.MSG_OOB
        print('event' if event else 'data', bool(flags & socket.MSG_EOR), data, flush=True)
        if data == b'unicast':
            s.send(b'to all')
            s.sendto(b'to one', (socket.TIPC_ADDR_NAME, ${type}, 1, 0))
        if data == b'leave':
            break
    s.setsockopt(SOL_TIPC, TIPC_GROUP_LEAVE, None, 0)
    print('left', flush=True)
`;

describe('AF_TIPC, groups', { skip: needsSocket('AF_TIPC', AF_TIPC, SOCK_RDM) }, () => {
  test('report members that join, and that leave by option or by close', async () => {
    const [one, two, type] = await pair();
    using first = one;
    assert.equal(first.getOption(tipc.groupJoin), type);
    two.setOption(tipc.groupLeave, undefined);
    assert.equal(two.getOption(tipc.groupJoin), 0);
    assert.deepEqual(await hear(first), { ...joined(type, 2), event: 'left' });
    two.close();
    const third = join(type, 3);
    assert.deepEqual(await hear(first), joined(type, 3));
    third.close();
    assert.deepEqual(await hear(first), { ...joined(type, 3), event: 'left' });
  });

  test('deliver broadcast, multicast, anycast and unicast to the right members', async () => {
    const [one, two, type] = await pair();
    using first = one;
    using second = two;
    using third = join(type, 2);
    for (const socket of [first, second]) assert.deepEqual(await hear(socket), joined(type, 2));
    const known = [await hear(third), await hear(third)].map(({ member }) => member?.instance);
    assert.deepEqual(known.sort(), [1, 2]);

    await first.send('to all', wait);
    for (const socket of [second, third]) assert.deepEqual(await hear(socket), said('to all', type, 1));

    await first.sendto('to twos', { type, lower: 2, upper: 2 }, wait);
    for (const socket of [second, third]) assert.deepEqual(await hear(socket), said('to twos', type, 1));

    // Alternates between the two: "round-robin" in net/tipc/socket.c.
    for (let i = 0; i < 2; i++) await first.sendto(`to any ${i}`, { type, instance: 2 }, wait);
    const heard = [await hear(second), await hear(third)].map(({ text }) => text);
    assert.deepEqual(heard.sort(), ['to any 0', 'to any 1']);

    await third.sendto('to you', first.getsockname(), wait);
    assert.deepEqual(await hear(first), said('to you', type, 2));
    await hearsNothing(second);
  });

  test('deliver a member’s own messages and events on request', async () => {
    const type = ++next;
    using socket = join(type, 5, TIPC_GROUP_MEMBER_EVTS | TIPC_GROUP_LOOPBACK);
    assert.deepEqual(await hear(socket), joined(type, 5));
    await socket.send('to all', wait);
    assert.deepEqual(await hear(socket), said('to all', type, 5));
    await socket.sendto('to fives', { type, lower: 5, upper: 5 }, wait);
    assert.deepEqual(await hear(socket), said('to fives', type, 5));
  });

  test('can have members in Python', { skip: withoutPython }, async () => {
    const [one, two, type] = await pair();
    using first = one;
    using second = two;
    await using theirs = new Child(python, ['-c', theirMember(type)]);
    for (const socket of [first, second]) assert.deepEqual(await hear(socket), joined(type, 9));
    await theirs.prints(/(event False b''\s+){2}/);
    await first.send('broadcast', wait);
    assert.deepEqual(await hear(second), said('broadcast', type, 1));
    await theirs.prints(/data False b'broadcast'/);
    await second.sendto('unicast', { type, instance: 9 }, wait);
    assert.deepEqual(await hear(second), said('to all', type, 9));
    assert.deepEqual(await hear(first), said('to all', type, 9));
    assert.deepEqual(await hear(first), said('to one', type, 9));
    await first.send('leave', wait);
    const left = { ...joined(type, 9), event: 'left' };
    assert.deepEqual(await hear(first), left);
    // With two members, a message of one and the leave event of the other can arrive in any order.
    const heard = [await hear(second), await hear(second)];
    if (heard[0]?.event === 'left') heard.reverse();
    assert.deepEqual(heard, [said('leave', type, 1), left]);
    assert.match(await theirs.ends(), /left$/m);
  });

  test('refuse invalid groups, and operations that a member may not do', async () => {
    using socket = new Socket(AF_TIPC, SOCK_RDM);
    const set = (value: object) => () => socket.setOption(tipc.groupJoin, value as never);
    assert.throws(set({ type: -1, instance: 1 }), { code: 'ERR_OUT_OF_RANGE', message: /type/ });
    assert.throws(set({ type: 4711 }), { code: 'ERR_INVALID_ARG_TYPE', message: /instance/ });
    assert.throws(set({ type: 63, instance: 1 }), { code: 'EACCES', syscall: 'setsockopt' });
    assert.throws(() => socket.setOption(tipc.groupLeave, undefined), { code: 'EINVAL' });
    socket.setOption(tipc.groupJoin, { type: ++next, instance: 1, scope: TIPC_NODE_SCOPE });
    assert.throws(set({ type: next, instance: 2 }), { code: 'EACCES' });
    await assert.rejects(socket.sendto('x', { type: next, instance: 77 }, wait), {
      code: 'EHOSTUNREACH',
    });
  });
});
