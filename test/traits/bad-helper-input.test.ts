/**
 * Invalid arguments to the functions of `berkeley/netlink`, `berkeley/select` and `berkeley/bpf`, and to the
 * functions that return names of constants: each call has to throw a TypeError or a RangeError with a code,
 * and the message has to name the argument. A function without a row fails the test.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  familyName,
  getaddrinfo,
  getfqdn,
  gethostbyaddr,
  gethostbyname,
  gethostbynameEx,
  getnameinfo,
  getprotobyname,
  getservbyname,
  getservbyport,
  if_indextoname,
  if_nametoindex,
  NETLINK_GENERIC,
  protocolName,
  typeName,
} from 'berkeley';
import * as bpf from 'berkeley/bpf';
import * as netlink from 'berkeley/netlink';
import * as select from 'berkeley/select';

function detached(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const nothing = Object.create(null) as object;

/** Invalid values, per kind of argument. */
const wrong = {
  bytes: [undefined, null, 5, 1n, 'text', Symbol('x'), nothing, [], () => 0, detached(), detached().buffer],
  payload: [undefined, null, 5, 1n, Symbol('x'), nothing, [], () => 0, detached(), detached().buffer],
  optionalBytes: [null, 5, 1n, 'text', Symbol('x'), nothing, detached()],
  integer: [null, '1', 1n, Symbol('x'), nothing, [], Number.NaN, 0.5, 2 ** 40, -(2 ** 40)],
  text: [null, 5, 1n, Symbol('x'), nothing, 'a\0b'],
  object: [undefined, null, 5, 1n, 'text', Symbol('x'), () => 0, nothing],
  array: [null, 5, 1n, 'text', Symbol('x'), nothing, [Symbol('x')], [null], [[]]],
  options: [null, 'text', 1n, Symbol('x'), [], { nosuch: 1 }, Object.create({ nosuch: 1 })],
  timeout: ['text', 1n, Symbol('x'), [], { nosuch: 1 }, Object.create({ nosuch: 1 }), -1, Number.NaN],
  label: [null, 5, 1n, Symbol('x'), nothing, 'a\0b'],
  operand: [undefined, null, '1', 1n, Symbol('x'), nothing, Number.NaN, { register: 'X', offset: '1' }],
  registerOrNumber: [undefined, null, '1', 1n, Symbol('x'), nothing, Number.NaN, bpf.X],
  connection: [undefined, null, 5, Symbol('x'), nothing, {}],
} as const;

/** A function, valid arguments for it, and the name and kind of each argument. */
interface Row {
  readonly call: (...args: never[]) => unknown;
  readonly valid: readonly unknown[];
  readonly args: readonly (readonly [name: string, kind: keyof typeof wrong])[];
}

const row = (call: Row['call'], valid: readonly unknown[], ...args: Row['args']): Row => ({
  call,
  valid,
  args,
});

const bytes = Buffer.alloc(64);
const payload = (call: Row['call']) => row(call, [bytes], ['payload', 'bytes']);
const options = (call: Row['call']) => row(call, [undefined], ['options', 'options']);

const generic = new netlink.NetlinkConnection(NETLINK_GENERIC);
after(() => generic.close());

const allFamilies = netlink.packGenericMessage({ command: netlink.CTRL_CMD_GETFAMILY });
const oneFamily = netlink.packGenericMessage({
  command: netlink.CTRL_CMD_GETFAMILY,
  attributes: [[netlink.CTRL_ATTR_FAMILY_NAME, 'nlctrl\0']],
});

const rows: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  netlink: {
    attributeNumber: row(netlink.attributeNumber, [bytes], ['value', 'optionalBytes']),
    attributeText: row(netlink.attributeText, [bytes], ['value', 'optionalBytes']),
    listAddresses: options(netlink.listAddresses),
    listAddressesSync: options(netlink.listAddressesSync),
    listGenericFamilies: options(netlink.listGenericFamilies),
    listGenericFamiliesSync: options(netlink.listGenericFamiliesSync),
    listLinks: options(netlink.listLinks),
    listLinksSync: options(netlink.listLinksSync),
    listNeighbours: options(netlink.listNeighbours),
    listNeighboursSync: options(netlink.listNeighboursSync),
    listNetlinkAttributes: row(netlink.listNetlinkAttributes, [bytes], ['bytes', 'bytes']),
    listRoutes: options(netlink.listRoutes),
    listRoutesSync: options(netlink.listRoutesSync),
    listSockets: options(netlink.listSockets),
    listSocketsSync: options(netlink.listSocketsSync),
    packGenericMessage: row(netlink.packGenericMessage, [{ command: 1 }], ['message', 'object']),
    packLink: row(netlink.packLink, [{ index: 1 }], ['link', 'options']),
    packLinkAddress: row(
      netlink.packLinkAddress,
      [{ index: 1, address: '192.0.2.1' }],
      ['address', 'object'],
    ),
    packNeighbour: row(netlink.packNeighbour, [{ index: 1, address: '192.0.2.1' }], ['neighbour', 'object']),
    packRoute: row(netlink.packRoute, [{ family: 'inet' }], ['route', 'object']),
    packNetlinkAttributes: row(netlink.packNetlinkAttributes, [[]], ['attributes', 'array']),
    packNetlinkMessage: row(netlink.packNetlinkMessage, [{ type: 1 }], ['message', 'object']),
    parseDeviceEvent: row(netlink.parseDeviceEvent, [bytes], ['data', 'bytes']),
    parseGenericFamily: payload(netlink.parseGenericFamily),
    parseGenericMessage: row(
      netlink.parseGenericMessage,
      [bytes, 0],
      ['payload', 'bytes'],
      ['headerSize', 'integer'],
    ),
    parseLink: payload(netlink.parseLink),
    parseLinkAddress: payload(netlink.parseLinkAddress),
    parseNeighbour: payload(netlink.parseNeighbour),
    parseNetlinkAcknowledgement: row(
      netlink.parseNetlinkAcknowledgement,
      [{ type: 2, flags: 0, sequence: 0, pid: 0, payload: bytes }],
      ['message', 'object'],
    ),
    parseNetlinkAttributes: row(netlink.parseNetlinkAttributes, [bytes], ['bytes', 'bytes']),
    parseNetlinkMessages: row(netlink.parseNetlinkMessages, [bytes], ['bytes', 'bytes']),
    parseRoute: payload(netlink.parseRoute),
    parseSocketEntry: payload(netlink.parseSocketEntry),
    parseUnixSocketEntry: payload(netlink.parseUnixSocketEntry),
    resolveGenericFamily: row(
      netlink.resolveGenericFamily,
      [generic, 'nlctrl', undefined],
      ['connection', 'connection'],
      ['name', 'text'],
      ['options', 'options'],
    ),
    resolveGenericFamilySync: row(
      netlink.resolveGenericFamilySync,
      [generic, 'nlctrl', undefined],
      ['connection', 'connection'],
      ['name', 'text'],
      ['options', 'options'],
    ),
    tcpStateName: row(netlink.tcpStateName, [1], ['state', 'integer']),
    watchDevices: options(async wait => {
      await netlink.watchDevices(wait).return();
    }),
    watchRoutes: options(async wait => {
      await netlink.watchRoutes(wait).return();
    }),
  },
  NetlinkConnection: Object.fromEntries(
    (['request', 'requestSync', 'dump', 'dumpSync'] as const).map(name => [
      name,
      row(
        (type: number, body: string, given: object) => generic[name](type, body, given),
        [netlink.GENL_ID_CTRL, name.startsWith('request') ? oneFamily : allFamilies, undefined],
        ['type', 'integer'],
        ['payload', 'payload'],
        ['options', 'options'],
      ),
    ]),
  ),
  select: {
    poll: row((wait?: number) => select.poll().poll(wait), [0], ['options|timeout', 'timeout']),
    select: row(
      select.select,
      [[], [], [], 0],
      ['readers', 'array'],
      ['writers', 'array'],
      ['exceptional', 'array'],
      ['options|timeout', 'timeout'],
    ),
    selectSync: row(
      select.selectSync,
      [[], [], [], 0],
      ['readers', 'array'],
      ['writers', 'array'],
      ['exceptional', 'array'],
      ['options|timeout', 'timeout'],
    ),
  },
  bpf: {
    bpf: row(bpf.bpf, [[bpf.ret(0)]], ['source', 'array']),
    disassemble: row(bpf.disassemble, [[{ code: 6, jt: 0, jf: 0, k: 0 }]], ['program', 'array']),
    formatProgram: row(bpf.formatProgram, [[{ code: 6, jt: 0, jf: 0, k: 0 }]], ['program', 'array']),
    label: row(bpf.label, ['x'], ['name', 'text']),
    parseProgram: row(bpf.parseProgram, ['1\n6 0 0 0'], ['text', 'text']),
    ret: row(bpf.ret, [0], ['bytes', 'registerOrNumber']),
    st: row(bpf.st, [0], ['slot', 'integer']),
    stx: row(bpf.stx, [0], ['slot', 'integer']),
    tax: row(bpf.tax, []),
    txa: row(bpf.txa, []),
  },
  'X of bpf': { plus: row(bpf.X.plus, [0], ['offset', 'integer']) },
  'ld of bpf': {
    byte: row(bpf.ld.byte, [0], ['from', 'operand']),
    half: row(bpf.ld.half, [0], ['from', 'operand']),
    word: row(bpf.ld.word, [0], ['from', 'operand']),
    constant: row(bpf.ld.constant, [0], ['value', 'integer']),
    memory: row(bpf.ld.memory, [0], ['slot', 'integer']),
    length: row(bpf.ld.length, []),
    ancillary: row(bpf.ld.ancillary, ['mark'], ['name', 'text']),
  },
  'ldx of bpf': {
    constant: row(bpf.ldx.constant, [0], ['value', 'integer']),
    memory: row(bpf.ldx.memory, [0], ['slot', 'integer']),
    length: row(bpf.ldx.length, []),
    headerLength: row(bpf.ldx.headerLength, [0], ['offset', 'integer']),
  },
  'alu of bpf': Object.fromEntries(
    Object.entries(bpf.alu).map(([name, call]) => [
      name,
      name === 'neg' ? row(call as Row['call'], []) : row(call, [1], ['operand', 'operand']),
    ]),
  ),
  'jump of bpf': Object.fromEntries(
    Object.entries(bpf.jump).map(([name, call]) => [
      name,
      name === 'always'
        ? row(call, ['x'], ['to', 'text'])
        : row(
            call as Row['call'],
            [1, 'x', 'y'],
            ['operand', 'operand'],
            ['then|otherwise', 'label'],
            ['then|otherwise', 'label'],
          ),
    ]),
  ),
  names: {
    familyName: row(familyName, [2], ['family', 'integer']),
    typeName: row(typeName, [1], ['type', 'integer']),
    protocolName: row(protocolName, [6, 2], ['protocol', 'integer'], ['family', 'integer']),
    getprotobyname: row(getprotobyname, ['tcp'], ['name', 'text']),
    getservbyname: row(getservbyname, ['http', undefined], ['name', 'text'], ['protocol', 'label']),
    getservbyport: row(getservbyport, [80, undefined], ['port', 'integer'], ['protocol', 'label']),
    if_indextoname: row(if_indextoname, [1], ['index', 'integer']),
    if_nametoindex: row(if_nametoindex, ['lo'], ['name', 'text']),
    getaddrinfo: options(wait => getaddrinfo('127.0.0.1', 80, wait)),
    getfqdn: row(getfqdn, ['127.0.0.1', undefined], ['name', 'text'], ['options', 'options']),
    gethostbyaddr: row(gethostbyaddr, ['127.0.0.1', undefined], ['host', 'text'], ['options', 'options']),
    gethostbyname: row(gethostbyname, ['127.0.0.1', undefined], ['host', 'text'], ['options', 'options']),
    gethostbynameEx: row(gethostbynameEx, ['127.0.0.1', undefined], ['host', 'text'], ['options', 'options']),
    getnameinfo: row(
      getnameinfo,
      [{ host: '127.0.0.1', port: 80 }, undefined],
      ['address', 'object'],
      ['options', 'options'],
    ),
  },
};

/** The error, whether the call throws it or rejects with it. */
async function mistakeOf(call: Row['call'], args: readonly unknown[]): Promise<unknown> {
  try {
    await call(...(args as never[]));
    return undefined;
  } catch (error) {
    return error;
  }
}

for (const [subject, functions] of Object.entries(rows)) {
  describe(subject, () => {
    for (const [name, { call, valid, args }] of Object.entries(functions)) {
      test(`${name} accepts valid arguments, and names an invalid one`, async () => {
        assert.equal(await mistakeOf(call, valid), undefined, 'the arguments of the row');
        for (const [position, [argument, kind]] of args.entries()) {
          for (const value of wrong[kind]) {
            const given = valid.map((each, i) => (i === position ? value : each));
            const mistake = await mistakeOf(call, given);
            const what = `${name}: ${argument} of ${String(value === nothing ? 'no prototype' : typeof value)}: ${mistake}`;
            assert.ok(mistake instanceof TypeError || mistake instanceof RangeError, what);
            assert.match(String((mistake as { code?: unknown }).code), /^ERR_/, what);
            assert.match(mistake.message, new RegExp(`["'](${argument})[."'[]`), what);
          }
        }
      });
    }
  });
}

describe('every function has a row', () => {
  const modules = {
    netlink,
    select,
    bpf,
    'ld of bpf': bpf.ld,
    'ldx of bpf': bpf.ldx,
    'alu of bpf': bpf.alu,
    'jump of bpf': bpf.jump,
  };
  for (const [subject, exported] of Object.entries(modules)) {
    test(subject, () => {
      const isClass = (value: unknown) => /^class\b/.test(Function.prototype.toString.call(value));
      const functions = Object.entries(exported)
        .filter(([, value]) => typeof value === 'function' && !isClass(value))
        .map(([name]) => name);
      assert.deepEqual(functions.sort(), Object.keys(rows[subject]!).sort());
    });
  }
});
