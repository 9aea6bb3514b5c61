/** What a socket is bound to: addresses, devices and processors, and who polls the device. */
import type { FamilyName } from '../../address/address.js';
import { interfaceNumber } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { boolean, int, natural } from '../../layout/numbers.js';
import { text } from '../../layout/text.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

const IFNAMSIZ = 16;

/** Lets an address be bound that old connections in `TIME_WAIT` still hold. */
export const reuseaddr: Option<boolean> = so.readWrite('SO_REUSEADDR', boolean, {
  note: 'On Windows it lets any process take an address that is in use: there, so.exclusiveaddruse is what it is on Linux',
});

/** Lets several sockets of one user bind the same address, and share what arrives. */
export const reuseport: Option<boolean> = so.readWrite('SO_REUSEPORT', boolean, {
  note: 'sockets of the Internet protocols alone heed it; since Linux 6.13 the others refuse it',
});

/** Sends and receives packets of the named interface alone; `''` for all. */
export const bindtodevice: Option<string> = so.readWrite('SO_BINDTODEVICE', text(IFNAMSIZ), {
  needs: 'CAP_NET_RAW to change it; since Linux 5.7 none the first time',
  note: 'packet sockets ignore it: bind them',
});

/** The same by the interface’s index; 0 for all. */
export const bindtoifindex: Option<number, FamilyName, InterfaceInput> = so.readWrite(
  'SO_BINDTOIFINDEX',
  interfaceNumber,
  {
    since: '5.1',
    needs: 'CAP_NET_RAW to change it; since Linux 5.7 none the first time',
  },
);

/** The processor that handles this socket’s packets; of a reuseport group, the socket that a processor gives to. */
export const incomingCpu: Option<number> = so.readWrite('SO_INCOMING_CPU', int, {
  note: '-1 where no packet has come',
});

/** The receive queue that last delivered to this socket; 0 for none. */
export const incomingNapiId: ReadOnlyOption<number> = so.readOnly('SO_INCOMING_NAPI_ID', natural);

/** How long to poll the device before sleeping when there is nothing to read, in microseconds. */
export const busyPoll: Option<number> = so.readWrite('SO_BUSY_POLL', natural, {
  needs: 'CAP_NET_ADMIN to raise it',
});

/** Prefers polling by this process to the device’s interrupts. */
export const preferBusyPoll: Option<boolean> = so.readWrite('SO_PREFER_BUSY_POLL', boolean, {
  since: '5.11',
  needs: 'CAP_NET_ADMIN to set it',
});

/** How many packets one busy poll handles at most. */
export const busyPollBudget: WriteOnlyOption<number> = so.writeOnly('SO_BUSY_POLL_BUDGET', natural, {
  since: '5.11',
  needs: 'CAP_NET_ADMIN to raise it',
  note: 'at most 65535; Linux does not let it be read',
});
