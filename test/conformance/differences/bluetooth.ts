/** AF_BLUETOOTH. */
import type { Difference } from './difference.js';

export const bluetooth: readonly Difference[] = [
  {
    rows: 'bluetooth',
    behaviours: ['binding twice fails', 'accept on what does not listen'],
    why: 'is EBADFD: net/bluetooth/l2cap_sock.c, rfcomm/sock.c',
    fails: /(bind|accept) EBADFD/,
  },
  {
    rows: 'bluetooth l2cap',
    behaviours: ['SHUT_RDWR ends both directions'],
    why: 'a send that comes after is ENOTCONN: net/bluetooth/l2cap_sock.c, l2cap_sock_sendmsg',
    fails: /send ENOTCONN/,
  },
  {
    rows: 'bluetooth l2cap',
    behaviours: ['the end of a connection is an empty receive'],
    why: 'the first receive after the peer closed is empty, before the data: net/bluetooth/af_bluetooth.c, bt_sock_recvmsg',
    fails: /'' !== 'last'/,
  },
  {
    rows: 'bluetooth l2cap',
    behaviours: ['connect to where nobody listens', 'connectEx gives 0', 'connect leaves the descriptor'],
    face: 'Sync',
    why: 'a refusal that arrives before connect(2) waits does not end it: net/bluetooth/af_bluetooth.c, bt_sock_wait_state',
  },
  {
    rows: 'bluetooth l2cap',
    behaviours: ['shutdown wakes a receive'],
    why: 'nobody is woken: net/bluetooth/l2cap_sock.c, l2cap_sock_shutdown',
    waits: true,
  },
  {
    rows: 'bluetooth l2cap',
    behaviours: ['connect of a connected socket'],
    why: 'the name of a peer says the channel: net/bluetooth/l2cap_sock.c, l2cap_sock_getname',
    fails: /cid/,
  },
  {
    rows: 'bluetooth rfcomm',
    behaviours: ['connect of a connected socket'],
    why: 'is EBADFD: net/bluetooth/rfcomm/sock.c, rfcomm_sock_connect',
    fails: /connect EBADFD/,
  },
  {
    rows: 'bluetooth rfcomm',
    behaviours: [
      'clients are accepted in the order',
      'accepted sockets block',
      'a promise accept does not block the thread after the mode was set',
      'connect leaves the descriptor',
      'connections gives each client',
      'breaking off the loop over connections',
    ],
    why: 'two devices have one connection a channel: net/bluetooth/rfcomm/core.c, __rfcomm_dlc_open',
    fails: /connect EBUSY/,
  },
];
