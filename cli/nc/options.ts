/** The options of `berkeley nc`. Their letters are those of OpenBSD's nc(1). */
import type { FamilyChoice } from '../target.js';

export interface NcOptions extends FamilyChoice {
  readonly listen?: true;
  /** Accept the next connection when one has ended. */
  readonly keep?: true;
  readonly udp?: true;
  readonly unix?: true;
  readonly seqpacket?: true;
  readonly vsock?: true;
  readonly tls?: true;
  /** Accept any certificate. */
  readonly insecure?: true;
  /** The file of the authorities to trust, in PEM. */
  readonly ca?: string;
  /** The files of the certificate and its key, in PEM. */
  readonly cert?: string;
  readonly key?: string;
  /** The local address: a host, or the path of a Unix socket. */
  readonly source?: string;
  readonly sourcePort?: number;
  /** Milliseconds for a connection, and without data. */
  readonly wait?: number;
  /** Shut down sending at the end of the input. */
  readonly shutdown?: true;
  /** End this many milliseconds after the end of the input. */
  readonly quit?: number;
  /** Whether to read the standard input. */
  readonly input: boolean;
  readonly scan?: true;
  /** Send CR LF for LF. */
  readonly crlf?: true;
  readonly verbose?: true;
}
