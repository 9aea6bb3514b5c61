/** Functions for Windows only, as in Python: sharing sockets with other processes, and WSAIoctl. */
import { binding, type WindowsBinding } from '../binding.js';
import { RCVALL_MAX, SIO_KEEPALIVE_VALS, SIO_LOOPBACK_FAST_PATH, SIO_RCVALL } from '../constants/windows.js';
import { checkBoolean, checkInteger, checkObject, invalidValue, outOfRange } from '../errors/argument.js';
import { errnoNumber } from '../errors/codes.js';
import { checked, UnsupportedError } from '../errors/errors.js';
import { type Bytes, toBytes } from '../layout/memory.js';
import type { AnyCore } from './core.js';
import { checkResult } from './failure.js';

/** The value of `SIO_KEEPALIVE_VALS`: how a connection probes a silent peer. */
export interface KeepaliveValues {
  /** Whether the connection sends keep-alive packets. */
  readonly enabled: boolean;
  /** The idle time before the first packet, in milliseconds. */
  readonly time: number;
  /** The time before the next packet if there is no answer, in milliseconds. */
  readonly interval: number;
}

/** The value of a request: an `RCVALL_` constant for `SIO_RCVALL`, a boolean for `SIO_LOOPBACK_FAST_PATH`. */
export type IoctlValue = number | boolean | KeepaliveValues;

const MAX_UINT32 = 0xffffffff;
const isWindows = process.platform === 'win32';

/** Returns the native functions of Windows, or throws on other platforms. */
function onWindows(call: string): WindowsBinding {
  if (isWindows) return binding as Partial<WindowsBinding> as WindowsBinding;
  const message = `${call} is only available on Windows; this platform is ${process.platform}`;
  throw new UnsupportedError(errnoNumber('ENOTSUP'), { syscall: call, message });
}

/** Calls WSADuplicateSocketW. */
export function share(core: AnyCore, pid: number): Buffer {
  const { share: native, shareSize } = onWindows('share');
  checkInteger(pid, 'pid', 0, MAX_UINT32);
  const shared = Buffer.alloc(shareSize);
  checkResult(core, native(core.fd, pid, shared), 'WSADuplicateSocket');
  return shared;
}

/** Opens a socket that another process has shared. Returns its file descriptor. */
export function openShared(shared: Bytes): number {
  const { fromShare, shareSize } = onWindows('fromshare');
  const bytes = toBytes(shared, 'shared');
  if (bytes.length !== shareSize)
    throw invalidValue('shared', `must be the ${shareSize} bytes that share() returned`, bytes.length);
  return checked(fromShare(bytes), 'WSASocket');
}

/** Calls WSAIoctl, for the three requests that Python supports. */
export function ioctl(core: AnyCore, request: number, value: IoctlValue): void {
  onWindows('ioctl');
  const memory = new Uint8Array(encode(request, value).buffer);
  checkResult(core, binding.ioctl(core.fd, request, memory), 'WSAIoctl');
}

function encode(request: number, value: IoctlValue): Uint32Array {
  switch (request) {
    case SIO_RCVALL:
      return Uint32Array.of(checkInteger(value, 'value', 0, RCVALL_MAX));
    case SIO_LOOPBACK_FAST_PATH:
      return Uint32Array.of(checkBoolean(typeof value === 'number' ? value !== 0 : value, 'value') ? 1 : 0);
    case SIO_KEEPALIVE_VALS:
      return encodeKeepalive(value);
    default:
      throw outOfRange('request', 'SIO_RCVALL, SIO_KEEPALIVE_VALS or SIO_LOOPBACK_FAST_PATH', request);
  }
}

function encodeKeepalive(value: unknown): Uint32Array {
  const { enabled, time, interval } = checkObject(value, 'value') as KeepaliveValues;
  return Uint32Array.of(
    checkBoolean(enabled, 'value.enabled') ? 1 : 0,
    checkInteger(time, 'value.time', 0, MAX_UINT32),
    checkInteger(interval, 'value.interval', 0, MAX_UINT32),
  );
}
