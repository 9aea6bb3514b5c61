/** A capture of CAN frames. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { AF_CAN, type AnyCanFrame, CAN_RAW, parseAnyCanFrame, SOCK_RAW, Socket } from 'berkeley';
import { CAN_ERR_MASK, CANXL_MTU } from 'berkeley/constants';
import { spaceFor, timestampns } from 'berkeley/control';
import { canRaw, so } from 'berkeley/options';
import type { Context } from '../context.js';
import { parseCanFilter } from './can-filter.js';
import { formatCan, formatCanLog, formatLogTime } from './can-text.js';
import type { CaptureOptions } from './options.js';
import { LINKTYPE, PcapFile } from './pcap.js';
import { Progress } from './progress.js';

/** A received frame. */
interface Frame {
  readonly time: bigint;
  readonly device: string;
  readonly bytes: Buffer;
  readonly frame: AnyCanFrame;
}

/** Where frames go. */
interface Sink {
  take(frame: Frame): void;
  end(): Promise<void> | void;
}

/** Captures until Ctrl-C or the count is reached. Returns the number of frames. */
export async function captureCan(
  device: string,
  filters: readonly string[],
  options: CaptureOptions,
  context: Context,
): Promise<number> {
  using socket = openCanSocket(device, filters);
  const sink = sinkOf(options, context);
  context.output.note(`listening on ${device}`);
  using progress = new Progress('frames');
  context.signal.addEventListener('abort', () => socket.close());
  try {
    while (!socket.closed && progress.count < (options.count ?? Number.POSITIVE_INFINITY)) {
      const frame = await receive(socket, device);
      if (frame === undefined) break;
      progress.count++;
      sink.take(frame);
    }
  } finally {
    await sink.end();
  }
  return progress.count;
}

function openCanSocket(device: string, filters: readonly string[]): Socket<'can'> {
  const socket = new Socket(AF_CAN, SOCK_RAW, CAN_RAW);
  try {
    socket.setOption(canRaw.fdFrames, true);
    try {
      socket.setOption(canRaw.xlFrames, true);
    } catch {} // Linux before 6.1
    socket.setOption(canRaw.errFilter, CAN_ERR_MASK);
    socket.setOption(so.timestampns, true);
    if (filters.length > 0) socket.setOption(canRaw.filter, filters.map(parseCanFilter));
    socket.bind({ interface: device === 'any' ? '' : device });
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

async function receive(socket: Socket<'can'>, device: string): Promise<Frame | undefined> {
  try {
    const { data, control, address } = await socket.recvmsg(CANXL_MTU, { control: spaceFor(timestampns) });
    const time = timestampns.find(control) ?? BigInt(Date.now()) * 1_000_000n;
    return { time, device: address?.interface ?? device, bytes: data, frame: parseAnyCanFrame(data) };
  } catch (error) {
    if (socket.closed) return undefined;
    throw error;
  }
}

function sinkOf(options: CaptureOptions, context: Context): Sink {
  if (options.write?.endsWith('.log')) return logSink(options.write);
  return options.write === undefined ? textSink(options, context) : pcapSink(options.write);
}

const logLine = ({ time, device, frame }: Frame) =>
  `(${formatLogTime(time)}) ${device} ${formatCanLog(frame)}`;

function textSink({ log, timestamp, json }: CaptureOptions, { output }: Context): Sink {
  let isIndented = false; // as candump does once there was an identifier of 29 bits
  return {
    take(frame) {
      isIndented ||= frame.frame.kind !== 'xl' && frame.frame.extended;
      if (json)
        output.json({
          time: frame.time,
          interface: frame.device,
          ...frame.frame,
          data: frame.frame.data.toString('hex'),
        });
      else if (log) output.line(logLine(frame));
      else {
        const time = timestamp ? `(${formatLogTime(frame.time)})` : ' ';
        output.line(`${time} ${frame.device}  ${formatCan(frame.frame, isIndented)}`);
      }
    },
    end() {},
  };
}

function logSink(path: string): Sink {
  const file = createWriteStream(path);
  return {
    take: frame => void file.write(`${logLine(frame)}\n`),
    async end() {
      file.end();
      await finished(file);
    },
  };
}

/** The identifier is in network byte order in the file, https://www.tcpdump.org/linktypes/LINKTYPE_CAN_SOCKETCAN.html. */
function pcapSink(path: string): Sink {
  const file = new PcapFile(path, LINKTYPE.can, CANXL_MTU);
  return {
    take({ time, bytes, frame }) {
      const record = Buffer.from(bytes);
      if (frame.kind !== 'xl') record.subarray(0, 4).swap32();
      file.write(time, record, record.length);
    },
    end: () => file[Symbol.dispose](),
  };
}
