/** Options of sockets between a Windows host and its virtual machines, level HV_PROTOCOL_RAW. hvsocket.h. */
import * as constants from '../families/hyperv/constants.js';
import { boolean, natural } from '../layout/numbers.js';
import { defineLevel } from './level.js';
import type { Option } from './option.js';

const hyperv = defineLevel({
  constants,
  level: constants.HV_PROTOCOL_RAW,
  families: ['hyperv'],
  man: 'hvsocket.h',
});

/**
 * The timeout of connect(), in milliseconds, at most 300,000 (`HVSOCKET_CONNECT_TIMEOUT_MAX`).
 *
 * @experimental
 */
export const connectTimeout: Option<number, 'hyperv'> = hyperv.readWrite('HVSOCKET_CONNECT_TIMEOUT', natural);

/**
 * Connects a socket in a container with the host, or a socket on the host with containers, instead of the virtual
 * machine.
 *
 * @experimental
 */
export const containerPassthru: Option<boolean, 'hyperv'> = hyperv.readWrite(
  'HVSOCKET_CONTAINER_PASSTHRU',
  boolean,
);

/**
 * Keeps the connection open while the virtual machine is paused or saved.
 *
 * @experimental
 */
export const connectedSuspend: Option<boolean, 'hyperv'> = hyperv.readWrite(
  'HVSOCKET_CONNECTED_SUSPEND',
  boolean,
);
