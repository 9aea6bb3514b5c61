/** Options that a socket gets when it is created, before it is bound or connected. */
import { familyNameOf } from '../address/registry.js';
import { checkArray, checkObject, invalidType } from '../errors/argument.js';
import type { WritableOption } from '../options/option.js';
import { bindtodevice } from '../options/so/bind.js';
import { mark as markRow } from '../options/so/sending.js';
import type { AnySocket } from './any-socket.js';

/** An option row of `berkeley/options` and its value. */
// biome-ignore lint/suspicious/noExplicitAny: the rows of one list have different types
export type InitialOption = readonly [option: WritableOption<any, any>, value?: unknown];

type AnyRow = InitialOption[0];

/** Options of a new socket that `node:net` does not have. */
export interface InitialOptions {
  /**
   * Socket options, set before the socket is bound or connected: `[[tcp.userTimeout, 5000], [so.rcvbuf, 1 << 20]]`. Rows
   * of IPv4 are not set on an IPv6 socket, and rows of IPv6 not on an IPv4 socket.
   */
  readonly options?: readonly InitialOption[] | undefined;
  /** The interface that the socket sends and receives on: `SO_BINDTODEVICE` of socket(7). */
  readonly bindToDevice?: string | undefined;
  /** The mark of sent packets, for routing and filtering: `SO_MARK` of socket(7). */
  readonly mark?: number | undefined;
}

const IP = ['inet', 'inet6'];

/** Sets checked options on a new socket. */
export type Setup = (socket: AnySocket) => void;

/** Returns whether there are initial options. */
export function hasInitialOptions(options: object): boolean {
  return ['options', 'bindToDevice', 'mark'].some(
    name => (options as Record<string, unknown>)[name] !== undefined,
  );
}

/** Checks initial options, and encodes their values once, so that a mistake is reported before a socket is created. */
export function checkInitialOptions({ options = [], bindToDevice, mark }: InitialOptions): Setup {
  const rows: InitialOption[] = checkArray(options, 'options.options').map(checkPair);
  if (bindToDevice !== undefined) rows.push(checkValue(bindtodevice, bindToDevice, 'options.bindToDevice'));
  if (mark !== undefined) rows.push(checkValue(markRow, mark, 'options.mark'));
  return socket => {
    const name = familyNameOf(socket.family);
    const fitting = IP.includes(name ?? '') ? rows.filter(([row]) => isFor(row, name!)) : rows;
    for (const [row, value] of fitting) socket.setOption(row as never, value as never);
  };
}

function checkPair(pair: unknown, i: number): InitialOption {
  const argument = `options.options[${i}]`;
  const [row, value] = checkArray(pair, argument);
  const option = checkObject(row, `${argument}[0]`) as AnyRow;
  if (typeof option.name !== 'string' || typeof option.write?.encode !== 'function')
    throw invalidType(`${argument}[0]`, 'a row of berkeley/options that can be set', row);
  return checkValue(option, value, `${argument}[1]`);
}

function checkValue(option: AnyRow, value: unknown, argument: string): InitialOption {
  option.write.encode(value, argument);
  return [option, value];
}

/**
 * Returns whether a row is for a socket. A host name can have addresses of both IP families, and which of them is used
 * is not known before, so rows for the other one are skipped. Any other row is set, and fails if it does not fit.
 */
function isFor({ families }: AnyRow, family: string): boolean {
  const isForOther = families?.some((name: string) => IP.includes(name) && name !== family) ?? false;
  return !isForOther || families!.includes(family as never);
}
