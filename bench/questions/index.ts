import type { Question } from '../question.js';
import { accept } from './accept.js';
import { allocations } from './allocations.js';
import { calls } from './calls.js';
import { connect } from './connect.js';
import { descriptors } from './descriptors.js';
import { eventCost } from './event-cost.js';
import { fairness } from './fairness.js';
import { http } from './http.js';
import { idleMemory } from './idle-memory.js';
import { importing } from './import.js';
import { lookups } from './lookups.js';
import { sendfile } from './sendfile.js';
import { tcpBulk } from './tcp-bulk.js';
import { tcpMany } from './tcp-many.js';
import { tcpPingpong } from './tcp-pingpong.js';
import { udpBatchReceive, udpGroReceive } from './udp-batch-receive.js';
import { udpBatchSend, udpGsoSend } from './udp-batch-send.js';
import { udpPingpong } from './udp-pingpong.js';
import { udpReceive } from './udp-receive.js';
import { unixDatagram } from './unix-datagram.js';

export const questions: readonly Question[] = [
  tcpPingpong,
  tcpMany,
  udpPingpong,
  udpReceive,
  udpBatchReceive,
  udpGroReceive,
  udpBatchSend,
  udpGsoSend,
  unixDatagram,
  accept,
  tcpBulk,
  connect,
  sendfile,
  http,
  descriptors,
  idleMemory,
  eventCost,
  fairness,
  calls,
  allocations,
  lookups,
  importing,
];
