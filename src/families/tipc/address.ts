import { checkAddress, writeFamily } from '../../address/registry.js';
import { checkInteger, invalidType } from '../../errors/argument.js';
import { joinFields, numberFields, splitFields } from '../../layout/text-fields.js';
import { littleEndian, viewOf } from '../../layout/view.js';
import {
  AF_TIPC,
  TIPC_CLUSTER_SCOPE,
  TIPC_NODE_SCOPE,
  TIPC_SERVICE_ADDR,
  TIPC_SERVICE_RANGE,
  TIPC_SOCKET_ADDR,
} from './constants.js';
import { sockaddr_tipc } from './layout.js';

interface Scoped {
  /** The address family. */
  readonly family: 'tipc';
  /**
   * The scope in which the service is visible: `TIPC_CLUSTER_SCOPE` or `TIPC_NODE_SCOPE`. Old kernels also have
   * `TIPC_ZONE_SCOPE`.
   */
  readonly scope: number;
}

/** A range of service instances (TIPC_ADDR_NAMESEQ), for servers to bind. */
export interface TipcRangeAddress extends Scoped {
  /** The type of the service. */
  readonly type: number;
  /** The first instance. */
  readonly lower: number;
  /** The last instance. */
  readonly upper: number;
}

/** A service instance (TIPC_ADDR_NAME), for clients to connect to. */
export interface TipcServiceAddress extends Scoped {
  /** The type of the service. */
  readonly type: number;
  /** The instance of the service. */
  readonly instance: number;
  /** The node to search; 0 for all nodes. */
  readonly domain: number;
}

/** The identity of a group member: the numbers with which it joined. */
export interface TipcMember {
  /** The number of the group. */
  readonly type: number;
  /** The number of the member. Several members can have the same number. */
  readonly instance: number;
}

/** A socket (TIPC_ADDR_ID). */
export interface TipcSocketAddress extends Scoped {
  /** The number of the node. */
  readonly node: number;
  /** The number of the socket on its node. */
  readonly ref: number;
  /** The group member that sent the message, joined or left. Present only on sockets in a group. */
  readonly member?: TipcMember;
}

/** A TIPC address, as returned by all calls. */
export type TipcAddress = TipcRangeAddress | TipcServiceAddress | TipcSocketAddress;

interface Scope {
  readonly family?: 'tipc' | undefined;
  /** The scope; `TIPC_CLUSTER_SCOPE` by default. */
  readonly scope?: number | undefined;
}

/** A TIPC address, as accepted by all calls. */
export type TipcAddressInput =
  | (Scope & { readonly type: number; readonly lower: number; readonly upper: number })
  | (Scope & { readonly type: number; readonly instance: number; readonly domain?: number | undefined })
  | (Scope & { readonly node: number; readonly ref: number });

declare module '../../address/address.js' {
  interface Families {
    tipc: { address: TipcAddress; input: TipcAddressInput };
  }
}

/** The three kinds of addresses: their numbers, fields and offsets. */
const kinds = [
  {
    number: TIPC_SERVICE_RANGE,
    fields: { type: sockaddr_tipc.range_type, lower: sockaddr_tipc.lower, upper: sockaddr_tipc.upper },
  },
  {
    number: TIPC_SERVICE_ADDR,
    fields: { type: sockaddr_tipc.type, instance: sockaddr_tipc.instance, domain: sockaddr_tipc.domain },
  },
  { number: TIPC_SOCKET_ADDR, fields: { ref: sockaddr_tipc.ref, node: sockaddr_tipc.node } },
] as const;

function kindOf(address: object): (typeof kinds)[number] {
  if ('lower' in address) return kinds[0];
  if ('instance' in address) return kinds[1];
  if ('ref' in address) return kinds[2];
  throw invalidType(
    'address',
    'an object with lower and upper, with instance, or with node and ref',
    address,
  );
}

/** Encodes struct sockaddr_tipc, tipc(7). */
export function encodeTipc(address: TipcAddressInput): Uint8Array {
  const input = checkAddress<'tipc'>(address, 'tipc') as unknown as Record<string, unknown>;
  const { number, fields } = kindOf(input);
  const bytes = new Uint8Array(sockaddr_tipc.size);
  const view = viewOf(bytes);
  writeFamily(bytes, AF_TIPC);
  bytes[sockaddr_tipc.addrtype] = number;
  bytes[sockaddr_tipc.scope] = checkInteger(
    input.scope ?? TIPC_CLUSTER_SCOPE,
    'address.scope',
    0,
    TIPC_NODE_SCOPE,
  );
  for (const [key, offset] of Object.entries(fields)) {
    const value = key === 'domain' ? (input[key] ?? 0) : input[key];
    view.setUint32(offset, checkInteger(value, `address.${key}`, 0, 0xffffffff), littleEndian);
  }
  return bytes;
}

/**
 * Decodes the member. The source of a group message is a pair of addresses: the socket and its member
 * (net/tipc/socket.c).
 */
function decodeMember(view: DataView, length: number): { member: TipcMember } | undefined {
  const [{ size }, second] = [sockaddr_tipc, sockaddr_tipc.size];
  if (length < 2 * size || view.getUint8(second + sockaddr_tipc.addrtype) !== TIPC_SERVICE_ADDR)
    return undefined;
  const at = (offset: number) => view.getUint32(second + offset, littleEndian);
  return {
    member: Object.freeze({ type: at(sockaddr_tipc.type), instance: at(sockaddr_tipc.instance) }),
  };
}

export function decodeTipc(bytes: Uint8Array, length: number): TipcAddress | undefined {
  const kind = kinds.find(({ number }) => number === bytes[sockaddr_tipc.addrtype]);
  if (length < sockaddr_tipc.size || kind === undefined) return undefined;
  const view = viewOf(bytes, length);
  const fields = Object.entries(kind.fields).map(([key, offset]) => [
    key,
    view.getUint32(offset, littleEndian),
  ]);
  const scope = bytes[sockaddr_tipc.scope]!;
  return Object.freeze({
    family: 'tipc',
    scope,
    ...Object.fromEntries(fields),
    ...(kind.number === TIPC_SOCKET_ADDR && decodeMember(view, length)),
  }) as TipcAddress;
}

/** Formats an address: `tipc:2:2:18888:17:0` is the kind, the scope, the fields of the kind, and those of a member. */
export function formatTipc(address: TipcAddressInput): string {
  const input = address as unknown as Record<string, number | undefined> & { member?: TipcMember };
  const { number, fields } = kindOf(input);
  const values = Object.keys(fields).map(key => input[key] ?? 0);
  const member = input.member === undefined ? [] : [input.member.type, input.member.instance];
  return joinFields('tipc', number, input.scope ?? TIPC_CLUSTER_SCOPE, ...values, ...member);
}

export function parseTipc(text: string): TipcAddress | undefined {
  const [number, scope, ...values] =
    numberFields(splitFields(text, 'tipc', 4, 5, 6) ?? [undefined], 0xffffffff) ?? [];
  const kind = kinds.find(candidate => candidate.number === number);
  if (scope === undefined || scope > 0xff || kind === undefined) return undefined;
  const keys = Object.keys(kind.fields);
  const [type, instance] = values.splice(keys.length);
  const isWhole = instance === undefined ? type === undefined : number === TIPC_SOCKET_ADDR;
  if (keys.length !== values.length || !isWhole) return undefined;
  return Object.freeze({
    family: 'tipc',
    scope,
    ...Object.fromEntries(keys.map((key, i) => [key, values[i]])),
    ...(instance !== undefined && { member: Object.freeze({ type, instance }) }),
  }) as TipcAddress;
}
