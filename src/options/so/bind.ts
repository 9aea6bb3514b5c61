/** Options for binding to addresses, devices and processors, and for busy polling. */
import type { FamilyName } from '../../address/address.js';
import { interfaceNumber } from '../../address/fields.js';
import type { InterfaceInput } from '../../address/interface.js';
import { boolean, int, natural } from '../../layout/numbers.js';
import { text } from '../../layout/text.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

const IFNAMSIZ = 16;

/** Allows binding to an address that connections in `TIME_WAIT` still use. */
export const reuseaddr: Option<boolean> = so.readWrite('SO_REUSEADDR', boolean, {
  note: 'on Windows, any process can take an address that is in use; so.exclusiveaddruse prevents that',
});

/** Lets several sockets of one user bind to the same address and share incoming packets and connections. */
export const reuseport: Option<boolean> = so.readWrite('SO_REUSEPORT', boolean, {
  note: 'only sockets of the Internet protocols use it; since Linux 6.13 others refuse it',
});

/** Restricts the socket to the interface with this name; `''` for all. */
export const bindtodevice: Option<string> = so.readWrite('SO_BINDTODEVICE', text(IFNAMSIZ), {
  needs: 'CAP_NET_RAW to change it; since Linux 5.7 none the first time',
  note: 'packet sockets ignore it; use bind() instead',
});

/** Restricts the socket to the interface with this index; 0 for all. */
export const bindtoifindex: Option<number, FamilyName, InterfaceInput> = so.readWrite(
  'SO_BINDTOIFINDEX',
  interfaceNumber,
  {
    since: '5.1',
    needs: 'CAP_NET_RAW to change it; since Linux 5.7 none the first time',
  },
);

/**
 * The processor that handles the socket’s packets. In a reuseport group, the socket receives the packets of this
 * processor.
 */
export const incomingCpu: Option<number> = so.readWrite('SO_INCOMING_CPU', int, {
  note: '-1 if no packet was received',
});

/** The id of the receive queue (NAPI) that last delivered to the socket; 0 for none. */
export const incomingNapiId: ReadOnlyOption<number> = so.readOnly('SO_INCOMING_NAPI_ID', natural);

/** How long to poll the device for data before sleeping, in microseconds. */
export const busyPoll: Option<number> = so.readWrite('SO_BUSY_POLL', natural, {
  needs: 'CAP_NET_ADMIN to raise it',
});

/** Prefers polling by this process to interrupts of the device. */
export const preferBusyPoll: Option<boolean> = so.readWrite('SO_PREFER_BUSY_POLL', boolean, {
  since: '5.11',
  needs: 'CAP_NET_ADMIN to set it',
});

/** The maximum number of packets per busy poll. */
export const busyPollBudget: WriteOnlyOption<number> = so.writeOnly('SO_BUSY_POLL_BUDGET', natural, {
  since: '5.11',
  needs: 'CAP_NET_ADMIN to raise it',
  note: 'at most 65535; write-only on Linux',
});
