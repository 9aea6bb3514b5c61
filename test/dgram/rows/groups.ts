/** Multicast groups. */
import { once } from 'node:events';
import { different, more, type Subject, same } from '../lab.js';

const GROUP = '239.255.77.88';
const GROUP6 = 'ff01::7788';
const notRunning = 'ERR_SOCKET_DGRAM_NOT_RUNNING';

export const groups: Subject = {
  title: 'Multicast groups',
  statements: [
    same('a member of a group receives its datagrams', async lab => {
      const socket = lab.socket({ type: 'udp4', reuseAddr: true });
      await lab.called(done => socket.bind(0, done));
      const result = socket.addMembership(GROUP, '127.0.0.1');
      const sender = await lab.bound();
      sender.setMulticastInterface('127.0.0.1');
      sender.send('x', socket.address().port, GROUP);
      const [message] = await lab.received(socket);
      return [result, String(message)];
    }),
    same(
      'an IPv6 group is joined on the interface of the zone',
      async lab => {
        const socket = await lab.bound('udp6');
        const result = socket.addMembership(GROUP6, '::1%lo');
        const twice = lab.thrown(() => socket.addMembership(GROUP6, '::%lo'));
        socket.dropMembership(GROUP6, '::%lo');
        return [result, twice, lab.thrown(() => socket.dropMembership(GROUP6, '::%lo'))];
      },
      { only: 'linux' },
    ),
    same('joining twice fails with `EADDRINUSE`', async lab => {
      const socket = await lab.bound();
      socket.addMembership(GROUP, '127.0.0.1');
      return lab.thrown(() => socket.addMembership(GROUP, '127.0.0.1'));
    }),
    same('leaving a group that was not joined fails with `EADDRNOTAVAIL`', async lab => {
      const socket = await lab.bound();
      return lab.thrown(() => socket.dropMembership(GROUP, '127.0.0.1'));
    }),
    same('after leaving, the group can be joined again', async lab => {
      const socket = await lab.bound();
      socket.addMembership(GROUP, '127.0.0.1');
      const result = socket.dropMembership(GROUP, '127.0.0.1');
      socket.addMembership(GROUP, '127.0.0.1');
      return result;
    }),
    same('the group is required', async lab => {
      const socket = await lab.bound();
      return [undefined, '', null, 0].flatMap(address => [
        lab.thrown(() => socket.addMembership(address)),
        lab.thrown(() => socket.dropMembership(address)),
      ]);
    }),
    same('an address that is not of a group fails with `EINVAL`', async lab => {
      const socket = await lab.bound();
      return ['127.0.0.1', 'x', 5].map(address => lab.thrown(() => socket.addMembership(address)));
    }),
    different(
      'an IPv6 group on an IPv4 socket fails with `ENOPROTOOPT`',
      'it fails with `EINVAL`, before the kernel is asked',
      'EINVAL',
      async lab => {
        const socket = await lab.bound();
        return (lab.thrown(() => socket.addMembership('ff02::1')) as { code: string }).code;
      },
    ),
    same('an address of no interface fails with `ENODEV`', async lab => {
      const socket = await lab.bound();
      return lab.thrown(() => socket.addMembership(GROUP, '192.0.2.1'));
    }),
    same('`null` and `undefined` let the route choose the interface', async lab => {
      const socket = await lab.bound();
      socket.setMulticastInterface('127.0.0.1');
      const codes = [undefined, null].map(by => lab.thrown(() => socket.addMembership(GROUP, by)));
      return typeof codes;
    }),
    more(
      'the name of an interface fails with `EINVAL` for IPv4',
      'names and indexes are accepted, for both families',
      'nothing was thrown',
      async lab => {
        const socket = await lab.bound();
        return lab.thrown(() => socket.addMembership(GROUP, 'lo'));
      },
    ),
    more(
      'several interfaces need several calls',
      'an array joins the group on each; if one fails, none is joined',
      ['ENODEV', 'nothing was thrown'],
      async lab => {
        const socket = await lab.bound();
        const failed = lab.thrown(() => socket.addMembership(GROUP, ['lo', 'nonesuch0']));
        return [(failed as { code: string }).code, lab.thrown(() => socket.addMembership(GROUP, ['lo']))];
      },
    ),
    same('an unbound socket that joins a group is bound to a random port', lab => {
      const socket = lab.socket();
      socket.addMembership(GROUP, '127.0.0.1');
      const { address, port } = socket.address();
      return [address, port > 0];
    }),
    same('a socket that was bound in this way cannot be bound again', async lab => {
      const socket = lab.socket();
      socket.addMembership(GROUP, '127.0.0.1');
      socket.bind(0, '127.0.0.1');
      return lab.failure(socket);
    }),
    same('a member for one sender receives only from that sender', async lab => {
      const socket = lab.socket({ type: 'udp4', reuseAddr: true });
      await lab.called(done => socket.bind(0, done));
      const result = socket.addSourceSpecificMembership('127.0.0.1', '232.1.2.3', '127.0.0.1');
      const { port } = socket.address();
      const [wanted, other] = [lab.socket(), lab.socket()];
      await lab.called(done => wanted.bind(0, '127.0.0.1', done));
      await lab.called(done => other.bind(0, '127.0.0.2', done));
      for (const sender of [other, wanted]) sender.setMulticastInterface('127.0.0.1');
      await lab.called(done => other.send('other', port, '232.1.2.3', done));
      wanted.send('wanted', port, '232.1.2.3');
      const [message, { address }] = await lab.received(socket);
      return [result, String(message), address];
    }),
    same('leaving the group of one sender', async lab => {
      const socket = await lab.bound();
      const early = lab.thrown(() =>
        socket.dropSourceSpecificMembership('127.0.0.1', '232.1.2.3', '127.0.0.1'),
      );
      socket.addSourceSpecificMembership('127.0.0.1', '232.1.2.3', '127.0.0.1');
      return [early, socket.dropSourceSpecificMembership('127.0.0.1', '232.1.2.3', '127.0.0.1')];
    }),
    same('the sender and the group must be strings', async lab => {
      const socket = await lab.bound();
      return [
        [undefined, GROUP],
        ['127.0.0.1', undefined],
        [5, GROUP],
        ['127.0.0.1', null],
      ].flatMap(given => [
        lab.thrown(() => socket.addSourceSpecificMembership(...given)),
        lab.thrown(() => socket.dropSourceSpecificMembership(...given)),
      ]);
    }),
    same('a sender or group that is not an address fails with `EINVAL`', async lab => {
      const socket = await lab.bound();
      return [
        ['x', '232.1.2.3'],
        ['127.0.0.1', 'x'],
        ['', '232.1.2.3'],
        ['127.0.0.1', ''],
      ].map(given => lab.thrown(() => socket.addSourceSpecificMembership(...given, '127.0.0.1')));
    }),
    same('the methods of a closed socket throw `ERR_SOCKET_DGRAM_NOT_RUNNING`', lab => {
      const socket = lab.socket();
      socket.close();
      return [
        lab.thrown(() => socket.addMembership(GROUP)),
        lab.thrown(() => socket.dropMembership(GROUP)),
        lab.thrown(() => socket.addSourceSpecificMembership('127.0.0.1', GROUP)),
        lab.thrown(() => socket.dropSourceSpecificMembership('127.0.0.1', GROUP)),
      ].map(error => (error as { code: string }).code === notRunning);
    }),
    same('closing leaves the groups', async lab => {
      const socket = await lab.bound();
      socket.addMembership(GROUP, '127.0.0.1');
      socket.close();
      await once(socket, 'close');
      const next = await lab.bound();
      return lab.thrown(() => next.addMembership(GROUP, '127.0.0.1'));
    }),
  ],
};
