/** A capture of the packets of a network device. */

import { AF_PACKET, type PacketAddress, SOCK_RAW, Socket } from 'berkeley';
import {
  ARPHRD_ETHER,
  ARPHRD_LOOPBACK,
  ETH_P_ALL,
  PACKET_MR_PROMISC,
  PACKET_OUTGOING,
} from 'berkeley/constants';
import { spaceFor, timestampns } from 'berkeley/control';
import { packet, so } from 'berkeley/options';
import type { Context } from '../context.js';
import { Mistake } from '../failure.js';
import type { Output } from '../output.js';
import { compileFilter } from './filter.js';
import type { CaptureOptions, Device } from './options.js';
import { formatPacket, formatTime } from './packet-text.js';
import { LINKTYPE, PcapFile } from './pcap.js';
import { Progress } from './progress.js';

/** A kind of device: its link type in files, and the length of its header. */
interface LinkLayer {
  readonly linkType: number;
  readonly header: number;
}

const ethernet: LinkLayer = { linkType: LINKTYPE.ethernet, header: 14 };
const none: LinkLayer = { linkType: LINKTYPE.raw, header: 0 };
/** The kinds by their ARPHRD_ number. 65534 is ARPHRD_NONE, of tun devices. */
const layers: ReadonlyMap<number, LinkLayer> = new Map([
  [ARPHRD_ETHER, ethernet],
  [ARPHRD_LOOPBACK, ethernet],
  [0xfffe, none],
  [512, none], // ARPHRD_PPP
  [768, none], // ARPHRD_TUNNEL
  [776, none], // ARPHRD_SIT
  [778, none], // ARPHRD_IPGRE
]);

/** What a capture found. */
export interface CaptureResult {
  readonly captured: number;
  /** The number of packets that the kernel dropped because the receive buffer was full. */
  readonly dropped: number;
}

/** Captures until Ctrl-C or until the count is reached. */
export async function capturePackets(
  { name, hardwareType }: Device,
  expression: string,
  options: CaptureOptions,
  { output, signal }: Context,
): Promise<CaptureResult> {
  const layer = layers.get(hardwareType);
  if (layer === undefined)
    throw new Mistake(`${name} is a device of type ${hardwareType} (ARPHRD_), which dump cannot read`);
  using socket = openPacketSocket(name, expression, layer, options);
  using file =
    options.write === undefined ? undefined : new PcapFile(options.write, layer.linkType, options.snap);
  using progress = new Progress('packets');
  output.note(`listening on ${name}`);
  const sink = file === undefined ? printer(name, layer, options, output) : writer(file, options);
  while (progress.count < (options.count ?? Number.POSITIVE_INFINITY)) {
    const received = await receive(socket, signal);
    if (received === undefined) break;
    // The loopback device delivers each packet twice, on its way out and in. The first is skipped, as by libpcap.
    if (hardwareType === ARPHRD_LOOPBACK && received.address.packetType === PACKET_OUTGOING) continue;
    progress.count++;
    sink(received);
  }
  return { captured: progress.count, dropped: socket.getOption(packet.statistics).drops };
}

/** Takes a packet. */
type Sink = (received: Received) => void;

function writer(file: PcapFile, { snap }: CaptureOptions): Sink {
  return ({ time, data }) => file.write(time, data.subarray(0, snap), data.length);
}

function printer(device: string, { header }: LinkLayer, { json }: CaptureOptions, output: Output): Sink {
  return ({ time, data, address: { protocol, packetType } }) => {
    const text = formatPacket(data.subarray(header), protocol);
    const direction = packetType === PACKET_OUTGOING ? 'out' : 'in';
    if (json) output.json({ time, interface: device, direction, protocol, length: data.length, text });
    else output.line(`${formatTime(time)} ${direction.padEnd(3)} ${text}`);
  };
}

/** A received packet. */
interface Received {
  readonly time: bigint;
  /** The packet. The next one overwrites it. */
  readonly data: Buffer;
  readonly address: PacketAddress;
}

/** The socket receives nothing until it is bound, so that every packet has passed the filter. */
function openPacketSocket(
  device: string,
  expression: string,
  layer: LinkLayer,
  options: CaptureOptions,
): Socket<'packet'> {
  const socket = new Socket(AF_PACKET, SOCK_RAW, 0);
  try {
    if (expression !== '') socket.setOption(so.attachFilter, compileFilter(expression, layer.header));
    socket.setOption(so.timestampns, true);
    if (options.promiscuous)
      socket.setOption(packet.addMembership, { interface: device, type: PACKET_MR_PROMISC });
    socket.bind({ interface: device, protocol: ETH_P_ALL });
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** The largest packet: segmentation offload makes packets that are longer than the MTU. */
const memory = Buffer.alloc(0x40000);

/** Receives a packet; `undefined` after Ctrl-C. */
async function receive(socket: Socket<'packet'>, signal: AbortSignal): Promise<Received | undefined> {
  try {
    const { bytesRead, control, address } = await socket.recvmsgInto([memory], {
      control: spaceFor(timestampns),
      signal,
    });
    const time = timestampns.find(control) ?? BigInt(Date.now()) * 1_000_000n;
    return { time, data: memory.subarray(0, bytesRead), address: address as PacketAddress };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
