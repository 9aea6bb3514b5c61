/** Options of raw IPv4 sockets. */
import { boolean, natural } from '../codec.js';
import type { Option, ReadOnlyOption } from '../option.js';
import { ipRaw } from './level.js';

/** The caller writes the IP header. */
export const hdrincl: Option<boolean, 'inet'> = ipRaw.readWrite('IP_HDRINCL', boolean, {
  note: 'IPPROTO_RAW has it from the start',
});

/** Leaves fragments as they came. */
export const nodefrag: Option<boolean, 'inet'> = ipRaw.readWrite('IP_NODEFRAG', boolean);

/** Receives packets to be forwarded that carry the router alert option. */
export const routerAlert: Option<boolean, 'inet'> = ipRaw.readWrite('IP_ROUTER_ALERT', boolean, {
  note: 'EADDRINUSE where it is on already; not on IPPROTO_RAW; old kernels do not let it be read',
});

/** The socket’s protocol. */
export const protocol: ReadOnlyOption<number, 'inet'> = ipRaw.readOnly('IP_PROTOCOL', natural, {
  since: '6.4',
});
