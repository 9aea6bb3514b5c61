/** Failures of the resolver: Node's `code` beside the exact number that getaddrinfo(3) or gethostbyname(3) gave. */
import { type Answer, binding } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { SocketError, socketError } from '../errors/errors.js';
import * as constants from './constants.js';

/** A failure as the addon reports it. */
export type Failure = Exclude<Answer, Uint8Array>;

/** What was being looked up when it failed. */
export interface LookupContext {
  /** The C function, as POSIX spells it. */
  readonly syscall: string;
  /** The host that was meant, if one was. */
  readonly hostname?: string | undefined;
}

const eaiNames = new Map<number, string>();
for (const [name, value] of Object.entries(constants)) {
  // The first of equals stays: where EAI_NODATA is the same number as EAI_NONAME, the latter comes first.
  if (name.startsWith('EAI_') && typeof value === 'number' && !isAbsent(value)) eaiNames.set(value, name);
}
eaiNames.set(constants.EAI_NONAME, 'EAI_NONAME');

/** By number, as <netdb.h> has had them since 4.3BSD; Winsock adds 11000 (WSAHOST_NOT_FOUND …). */
const hErrnoNames = ['NETDB_SUCCESS', 'HOST_NOT_FOUND', 'TRY_AGAIN', 'NO_RECOVERY', 'NO_DATA'];

/** The codes that Node has for them (deps/uv: uv__getaddrinfo_translate_error, lib/internal/errors.js). */
const nodeCodes: Readonly<Record<string, string>> = {
  EAI_NONAME: 'ENOTFOUND',
  EAI_NODATA: 'ENOTFOUND',
  HOST_NOT_FOUND: 'ENOTFOUND',
  NO_DATA: 'ENOTFOUND',
  TRY_AGAIN: 'EAI_AGAIN',
  NO_RECOVERY: 'EAI_FAIL',
};

function nameOf({ kind, code }: Failure): string {
  if (kind === 'eai') return eaiNames.get(code) ?? `EAI${code}`;
  return hErrnoNames[code > 11000 ? code - 11000 : code] ?? `HERRNO${code}`;
}

/**
 * A name or an address could not be resolved: the `gaierror` and the `herror` of the specification.
 *
 * The message is what Node writes: `getaddrinfo ENOTFOUND nosuch.example`.
 */
export class ResolverError extends SocketError {
  /** Node's name for the failure: `'ENOTFOUND'`, `'EAI_AGAIN'`; else the same as `eai`. */
  declare readonly code: string;
  /** The resolver's own number: an `EAI_` constant, or `h_errno`, as this platform numbers them. */
  declare readonly errno: number;
  /** Which `EAI_` constant it was, after getaddrinfo and getnameinfo: `'EAI_NONAME'`. See gai_strerror(3). */
  declare readonly eai?: string;
  /** Which `h_errno` it was, after gethostbynameEx and gethostbyaddr: `'HOST_NOT_FOUND'`. See hstrerror(3). */
  declare readonly hErrno?: string;
  /** The failure in the words of gai_strerror(3) or hstrerror(3): `'Name or service not known'`. */
  declare readonly reason: string;
  /** The host that was meant, if one was. */
  declare readonly hostname?: string;

  /**
   * @param failure the failure as the resolver numbers it
   * @param context what was being looked up
   */
  constructor(failure: Failure, context: LookupContext) {
    const name = nameOf(failure);
    super(failure.code, context, nodeCodes[name] ?? name);
    if (failure.kind === 'eai') this.eai = name;
    else this.hErrno = name;
    this.reason =
      failure.kind === 'eai' ? binding.gai_strerror(failure.code) : binding.hstrerror(failure.code);
    if (context.hostname !== undefined) this.hostname = context.hostname;
  }
}

// On the prototype, as the other classes have it.
Object.defineProperty(ResolverError.prototype, 'name', {
  value: 'ResolverError',
  configurable: true,
  writable: true,
});

/** The error for a failure that the addon reports; one of the system, not of the resolver, is a plain `SocketError`. */
export function resolverError(failure: Failure, context: LookupContext): SocketError {
  if (failure.kind === 'errno') return socketError(-failure.code, context);
  return new ResolverError(failure, context);
}
