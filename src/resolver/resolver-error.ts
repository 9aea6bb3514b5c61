/** Failures of the resolver: Node's `code` and the number that getaddrinfo(3) or gethostbyname(3) returned. */
import { type Answer, binding } from '../binding.js';
import { isAbsent } from '../constants/constant.js';
import { lazy } from '../constants/lazy.js';
import { brandError } from '../errors/brand.js';
import { nameError, SocketError, socketError } from '../errors/errors.js';
import * as constants from './constants.js';

/** A failure that the addon reports. */
export type Failure = Exclude<Answer, Uint8Array>;

/** The look-up that failed. */
export interface LookupContext {
  /** The C function, as POSIX spells it. */
  readonly syscall: string;
  /** The host that was looked up. */
  readonly hostname?: string | undefined;
}

const eaiNames = lazy(() => {
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(constants)) {
    // If EAI_NODATA has the same number as EAI_NONAME, the line below the loop decides.
    if (name.startsWith('EAI_') && typeof value === 'number' && !isAbsent(value)) names.set(value, name);
  }
  return names.set(constants.EAI_NONAME, 'EAI_NONAME');
});

/** The names by number, as in <netdb.h> since 4.3BSD. Winsock adds 11000 (WSAHOST_NOT_FOUND …). */
const hErrnoNames = ['NETDB_SUCCESS', 'HOST_NOT_FOUND', 'TRY_AGAIN', 'NO_RECOVERY', 'NO_DATA'];

/** Node's codes (deps/uv: uv__getaddrinfo_translate_error, lib/internal/errors.js). */
const nodeCodes: Readonly<Record<string, string>> = {
  EAI_NONAME: 'ENOTFOUND',
  EAI_NODATA: 'ENOTFOUND',
  HOST_NOT_FOUND: 'ENOTFOUND',
  NO_DATA: 'ENOTFOUND',
  TRY_AGAIN: 'EAI_AGAIN',
  NO_RECOVERY: 'EAI_FAIL',
};

function nameOf({ kind, code }: Failure): string {
  if (kind === 'eai') return eaiNames().get(code) ?? `EAI${code}`;
  return hErrnoNames[code > 11000 ? code - 11000 : code] ?? `HERRNO${code}`;
}

/**
 * A name or an address could not be resolved. Python calls it `gaierror` or `herror`.
 *
 * The message has Node's form: `getaddrinfo ENOTFOUND nosuch.example`.
 */
export class ResolverError extends SocketError {
  /** Node's code: `'ENOTFOUND'`, `'EAI_AGAIN'`; otherwise the same as `eai`. */
  declare readonly code: string;
  /** The resolver's number on this platform: an `EAI_` constant, or `h_errno`. */
  declare readonly errno: number;
  /** The name of the `EAI_` constant, after getaddrinfo and getnameinfo: `'EAI_NONAME'`. See gai_strerror(3). */
  declare readonly eai?: string;
  /** The name of `h_errno`, after gethostbynameEx and gethostbyaddr: `'HOST_NOT_FOUND'`. See hstrerror(3). */
  declare readonly hErrno?: string;
  /** The message of gai_strerror(3) or hstrerror(3): `'Name or service not known'`. */
  declare readonly reason: string;
  /** The host that was looked up. */
  declare readonly hostname?: string;

  /**
   * @param failure the failure that the addon reports
   * @param context the look-up
   */
  constructor(failure: Failure, context: LookupContext) {
    const name = nameOf(failure);
    const code = nodeCodes[name] ?? name;
    super(failure.code, { ...context, hint: advice(code, context.hostname) }, code);
    if (failure.kind === 'eai') this.eai = name;
    else this.hErrno = name;
    this.reason =
      failure.kind === 'eai' ? binding.gai_strerror(failure.code) : binding.hstrerror(failure.code);
    if (context.hostname !== undefined) this.hostname = context.hostname;
  }
}

nameError(ResolverError);
brandError(ResolverError);

/** Returns advice for a host that was not found, or has no address of the family. */
function advice(code: string, hostname: string | undefined): string | undefined {
  if (code === 'EAI_AGAIN') return 'no name server answered: check the network and /etc/resolv.conf';
  if (code === 'EAI_ADDRFAMILY')
    return 'the host has no address of this family: IPv6 addresses need AF_INET6, IPv4 addresses AF_INET';
  if (code !== 'ENOTFOUND' || hostname === undefined) return undefined;
  if (hostname.includes('://')) return 'the host must not have a scheme: pass only the name';
  return /^[^:]+:\d+$/.test(hostname) ? 'the host must not contain a port: pass it as port' : undefined;
}

/** Returns the error for a failure. A failure of the system instead of the resolver is a plain `SocketError`. */
export function resolverError(failure: Failure, context: LookupContext): SocketError {
  if (failure.kind === 'errno') return socketError(-failure.code, context);
  return new ResolverError(failure, context);
}
