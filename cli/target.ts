/** The host that a command talks to. */
import {
  AF_INET,
  AF_INET6,
  AF_UNSPEC,
  getaddrinfo,
  type Inet6Address,
  type InetAddress,
  SOCK_DGRAM,
} from 'berkeley';

/** A host, looked up. */
export interface Target {
  /** What the user wrote. */
  readonly name: string;
  /** The address as text. */
  readonly host: string;
  readonly family: 'inet' | 'inet6';
  readonly address: InetAddress | Inet6Address;
}

/** The options that select a family. */
export interface FamilyChoice {
  readonly ipv4?: true;
  readonly ipv6?: true;
}

/** Looks up a host. The first address of the family wins. */
export async function lookUp(name: string, { ipv4, ipv6 }: FamilyChoice): Promise<Target> {
  const family = ipv4 ? AF_INET : ipv6 ? AF_INET6 : AF_UNSPEC;
  const [found] = await getaddrinfo(name, null, { family, type: SOCK_DGRAM });
  const address = found!.address as InetAddress | Inet6Address;
  return { name, host: address.host, family: address.family, address };
}
