/** CAN frames as text, in the two formats of candump(1): its lines for people, and its log files. */
import type { AnyCanFrame } from 'berkeley';

type Frame = Exclude<AnyCanFrame, { kind: 'xl' }>;

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
const CAN_ERR_FLAG = 0x20000000;

/** The identifier: three digits of 11 bits, or eight of 29 bits. Error frames keep their flag. */
function identifier(frame: Frame): string {
  if (frame.error) return hex(frame.id | CAN_ERR_FLAG, 8);
  return hex(frame.id, frame.extended ? 8 : 3);
}

/**
 * Returns `123   [3]  DE AD BE`.
 *
 * @param isIndented whether identifiers of 11 bits are as wide as those of 29 bits
 */
export function formatCan(frame: AnyCanFrame, isIndented: boolean): string {
  const bytes = [...frame.data].map(byte => ` ${hex(byte, 2)}`).join('');
  if (frame.kind === 'xl')
    return `${hex(frame.priority, 3)} (${hex(frame.vcid, 2)}|${hex(frame.sdt, 2)}|${hex(frame.af, 8)})  [${frame.data.length}] ${bytes}`;
  const length =
    frame.kind === 'fd' ? `[${String(frame.data.length).padStart(2, '0')}]` : ` [${frame.data.length}]`;
  const head = `${identifier(frame).padStart(isIndented ? 8 : 3)}  ${length} `;
  if (frame.kind === 'classic' && frame.remote) return `${head} remote request`;
  return frame.error
    ? `${head}${bytes}${'ERRORFRAME'.padStart(3 * (8 - frame.data.length) + 13)}`
    : `${head}${bytes}`;
}

/** Returns `123#DEADBE`, or `123##1DEADBE` of CAN FD, which canplayer(1) and cansend(1) read. */
export function formatCanLog(frame: AnyCanFrame): string {
  const data = frame.data.toString('hex').toUpperCase();
  if (frame.kind === 'xl') {
    const flags = 0x80 | (frame.sec ? 1 : 0) | (frame.rrs ? 2 : 0);
    return `${hex((frame.vcid << 16) | frame.priority, 5)}#${hex(flags, 2)}:${hex(frame.sdt, 2)}:${hex(frame.af, 8)}#${data}`;
  }
  if (frame.kind === 'fd') {
    const flags = (frame.bitRateSwitch ? 1 : 0) | (frame.errorState ? 2 : 0) | 4;
    return `${identifier(frame)}##${hex(flags, 1)}${data}`;
  }
  if (!frame.remote)
    return `${identifier(frame)}#${data}${frame.lengthCode === undefined ? '' : `_${hex(frame.lengthCode, 1)}`}`;
  return `${identifier(frame)}#R${frame.data.length === 0 ? '' : frame.data.length}`;
}

/** Returns `1700000000.123456`, the time of a log. */
export function formatLogTime(nanoseconds: bigint): string {
  const microseconds = nanoseconds / 1000n;
  return `${microseconds / 1_000_000n}.${String(microseconds % 1_000_000n).padStart(6, '0')}`;
}
