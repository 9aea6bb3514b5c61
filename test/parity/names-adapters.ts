import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import type { AddressInfo, HostEntry, NameInfo, NumericAddress } from 'berkeley';
import * as berkeley from 'berkeley';
import { type Call, type Outcome, outcomeOf, outcomeOfPromise, python } from './names-peer.js';

/** Functions of this package with Python's arguments and results. Those that can wait run in both faces. */
type Adapter = {
  readonly sync: (...args: never[]) => unknown;
  readonly promise?: (...args: never[]) => unknown;
};

const infoToTuples = (list: AddressInfo[]) =>
  list.map(({ family, type, protocol, canonicalName = '', address }) => {
    const { host, port } = address;
    const scoped = address.family === 'inet6' ? [address.flowinfo, address.scopeId] : [];
    return [family, type, protocol, canonicalName, [host, port, ...scoped]];
  });
const hintsOf = ([family, type, protocol, flags]: (number | undefined)[]) => ({
  family,
  type,
  protocol,
  flags,
});
const entryToTuple = ({ hostname, aliases, addresses }: HostEntry) => [hostname, aliases, addresses];
const nameToTuple = ({ host, service }: NameInfo) => [host, service];
const toAddress = ([host, port, flowinfo, scopeId]: [string, number, number?, number?]) =>
  ({
    host,
    port,
    ...(flowinfo === undefined ? {} : { flowinfo }),
    ...(scopeId === undefined ? {} : { scopeId }),
  }) as NumericAddress;

const here: Readonly<Record<string, Adapter>> = {
  getaddrinfo: {
    sync: (host: string, service: string, ...hints: number[]) =>
      infoToTuples(berkeley.getaddrinfoSync(host, service, hintsOf(hints))),
    promise: async (host: string, service: string, ...hints: number[]) =>
      infoToTuples(await berkeley.getaddrinfo(host, service, hintsOf(hints))),
  },
  getnameinfo: {
    sync: (address: [string, number], flags: number) =>
      nameToTuple(berkeley.getnameinfoSync(toAddress(address), flags)),
    promise: async (address: [string, number], flags: number) =>
      nameToTuple(await berkeley.getnameinfo(toAddress(address), flags)),
  },
  gethostbyname: { sync: berkeley.gethostbynameSync, promise: berkeley.gethostbyname },
  gethostbyname_ex: {
    sync: (host: string) => entryToTuple(berkeley.gethostbynameExSync(host)),
    promise: async (host: string) => entryToTuple(await berkeley.gethostbynameEx(host)),
  },
  gethostbyaddr: {
    sync: (host: string) => entryToTuple(berkeley.gethostbyaddrSync(host)),
    promise: async (host: string) => entryToTuple(await berkeley.gethostbyaddr(host)),
  },
  getfqdn: { sync: berkeley.getfqdnSync, promise: berkeley.getfqdn },
  gethostname: { sync: berkeley.gethostname },
  sethostname: { sync: (name: string) => berkeley.sethostname(name) ?? null },
  getservbyname: { sync: berkeley.getservbyname },
  getservbyport: { sync: berkeley.getservbyport },
  getprotobyname: { sync: berkeley.getprotobyname },
  if_nameindex: { sync: () => berkeley.if_nameindex().map(({ index, name }) => [index, name]) },
  if_nametoindex: { sync: berkeley.if_nametoindex },
  if_indextoname: { sync: berkeley.if_indextoname },
};

/** Python and both faces here have the same outcome for every call. */
export async function compare(calls: readonly Call[]): Promise<void> {
  const theirs = python(calls);
  for (const [i, [name, ...args]] of calls.entries()) {
    const { sync, promise } = here[name]!;
    const expected = theirs[i]!;
    const what = `${name}(${JSON.stringify(args)})`;
    assert.deepEqual(
      outcomeOf(() => sync(...(args as never[]))),
      expected,
      what,
    );
    if (promise === undefined) continue;
    assert.deepEqual(
      await outcomeOfPromise(() => promise(...(args as never[]))),
      expected,
      `promise of ${what}`,
    );
  }
}

/** The two differ on purpose. The test states both outcomes. */
export async function differ(call: Call, theirs: Outcome, ours: Outcome): Promise<void> {
  const [name, ...args] = call;
  const what = `${name}(${JSON.stringify(args)})`;
  assert.deepEqual(python([call])[0], theirs, `Python: ${what}`);
  const { sync, promise } = here[name]!;
  assert.deepEqual(
    outcomeOf(() => sync(...(args as never[]))),
    ours,
    what,
  );
  if (promise !== undefined) {
    assert.deepEqual(await outcomeOfPromise(() => promise(...(args as never[]))), ours, `promise of ${what}`);
  }
}

/** Hosts that a machine resolves without a name server. */
export const names = ['localhost', 'LOCALHOST', hostname()];
export const numbers = ['127.0.0.1', '127.1', '0x7f.1', '1', '255.255.255.255'];
export const inet6 = '::1 :: ::ffff:127.0.0.1 fe80::1%lo fe80::1%1 ff02::1%lo fe80::1%nosuch ::1%lo'.split(
  ' ',
);
/** Hosts that need a name server. There are few, because a query can get lost. */
export const strangers = [
  'nosuch.example',
  'no such host',
  '256.1.1.1',
  '127.0.0.1 ',
  'ip6-localhost',
  'é.example',
];
