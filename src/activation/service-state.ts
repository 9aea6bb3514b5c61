import process from 'node:process';
import { checkBoolean, checkInteger, checkText, invalidType, invalidValue } from '../errors/argument.js';
import { checkOptionsObject } from '../errors/options.js';

/** The state that a service reports with {@link notify}. Durations are in milliseconds, as everywhere in this package. */
export interface ServiceState {
  /** The service has started, or has finished loading its configuration again: `READY=1`. */
  readonly ready?: boolean | undefined;
  /** The service loads its configuration again: `RELOADING=1`, with the time that `Type=notify-reload` requires. */
  readonly reloading?: boolean | undefined;
  /** The service is about to end: `STOPPING=1`. */
  readonly stopping?: boolean | undefined;
  /** One line that `systemctl status` shows: `STATUS=`. */
  readonly status?: string | undefined;
  /** The errno of a failure, as a positive number or as `SocketError.errno`, which is negative: `ERRNO=`. */
  readonly errno?: number | undefined;
  /** The D-Bus name of a failure: `BUSERROR=`. */
  readonly busError?: string | undefined;
  /** The process ID of the main process, if it is not the one that the manager started: `MAINPID=`. */
  readonly mainPid?: number | undefined;
  /** `true` reports that the service works; `'trigger'` that it failed, and has to be restarted: `WATCHDOG=`. */
  readonly watchdog?: boolean | 'trigger' | undefined;
  /** A new limit for the watchdog: `WATCHDOG_USEC=`. */
  readonly watchdogTimeout?: number | undefined;
  /** The time by which the limit for starting, running or stopping is extended: `EXTEND_TIMEOUT_USEC=`. */
  readonly extendTimeout?: number | undefined;
}

/** Returns the lines of a field; none for a value that says nothing. */
type Format = (value: never, argument: string) => readonly string[];

const flag = (name: string): Format => {
  return (value: boolean, argument) => (checkBoolean(value, argument) ? [`${name}=1`] : []);
};

const line = (name: string): Format => {
  return (value: string, argument) => {
    const text = checkText(value, argument);
    if (text.includes('\n')) throw invalidValue(argument, 'must be one line', text);
    return [`${name}=${text}`];
  };
};

const duration = (name: string): Format => {
  return (value: number, argument) => {
    if (typeof value !== 'number') throw invalidType(argument, 'of type number', value);
    return [`${name}=${checkInteger(Math.round(value * 1000), argument, 0, Number.MAX_SAFE_INTEGER)}`];
  };
};

/** A row per field of {@link ServiceState}. */
const formats: Readonly<Record<keyof ServiceState, Format>> = {
  ready: flag('READY'),
  // CLOCK_MONOTONIC in microseconds, which process.hrtime reads on Linux.
  reloading: (value: boolean, argument) =>
    checkBoolean(value, argument) ? ['RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`] : [],
  stopping: flag('STOPPING'),
  status: line('STATUS'),
  errno: (value: number, argument) => [`ERRNO=${Math.abs(checkInteger(value, argument, -4095, 4095))}`],
  busError: line('BUSERROR'),
  mainPid: (value: number, argument) => [`MAINPID=${checkInteger(value, argument, 1, 0x7fffffff)}`],
  watchdog: (value: boolean | 'trigger', argument) =>
    value === 'trigger' ? ['WATCHDOG=trigger'] : checkBoolean(value, argument) ? ['WATCHDOG=1'] : [],
  watchdogTimeout: duration('WATCHDOG_USEC'),
  extendTimeout: duration('EXTEND_TIMEOUT_USEC'),
};

const KEYS = Object.keys(formats) as (keyof ServiceState)[];

/** Returns the text of a state: an assignment per line (sd_notify(3)). */
export function formatState(state: ServiceState | string): string {
  if (typeof state === 'string') {
    if (state === '') throw invalidValue('state', 'must not be empty', state);
    return checkText(state, 'state');
  }
  const given = checkOptionsObject(state, KEYS, 'state') as ServiceState;
  const lines = KEYS.flatMap(key => {
    const value = given[key];
    return value === undefined ? [] : formats[key](value as never, `state.${key}`);
  });
  if (lines.length === 0) throw invalidValue('state', 'must report something', state);
  return lines.join('\n');
}
