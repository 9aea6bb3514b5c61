/** Compiles filter expressions to classic BPF. */
import {
  bpf,
  jump,
  type Label,
  label,
  ld,
  ldx,
  type Program,
  ret,
  type Statement,
  X,
} from '../../bpf/index.js';
import { AF_INET, AF_INET6, inet_pton } from '../../index.js';
import { Mistake } from '../failure.js';
import { type Expression, parseExpression, type Side } from './expression.js';

type Line = Statement | Label;

const IPV4 = 0x0800;
const ARP = 0x0806;
const IPV6 = 0x86dd;
/** TCP, UDP, SCTP: the transports that begin with two ports. */
const withPorts = [6, 17, 132];
const transports: Readonly<Record<string, readonly [version: number, protocol: number][]>> = {
  tcp: [
    [IPV4, 6],
    [IPV6, 6],
  ],
  udp: [
    [IPV4, 17],
    [IPV6, 17],
  ],
  sctp: [
    [IPV4, 132],
    [IPV6, 132],
  ],
  icmp: [[IPV4, 1]],
  icmp6: [[IPV6, 58]],
};
const networks: Readonly<Record<string, number>> = { ip: IPV4, ip6: IPV6, arp: ARP };

/** The largest length of a packet: what the filter keeps. */
const WHOLE = 0x40000;

/**
 * Compiles an expression for a packet socket.
 *
 * @param header the length of the link-layer header
 */
export function compileFilter(text: string, header: number): Program {
  const compiler = new Compiler(header);
  compiler.expression(parseExpression(text), 'take', 'drop');
  return bpf([...compiler.lines, label('take'), ret(WHOLE), label('drop'), ret(0)]);
}

/** Offsets are those of RFC 791, RFC 8200 and RFC 826. Jumps only lead forwards, as classic BPF demands. */
class Compiler {
  readonly lines: Line[] = [];
  #labels = 0;

  constructor(private readonly header: number) {}

  expression(expression: Expression, yes: string, no: string): void {
    switch (expression.kind) {
      case 'and':
        return this.#and(expression.left, expression.right, yes, no);
      case 'or':
        return this.#or(expression.left, expression.right, yes, no);
      case 'not':
        return this.expression(expression.inner, no, yes);
      case 'protocol':
        return this.#protocol(expression.name, yes, no);
      case 'host':
        return this.#host(expression.address, expression.side, yes, no);
      case 'port':
        return this.#port(expression.port, expression.side, yes, no);
    }
  }

  #and(left: Expression, right: Expression, yes: string, no: string): void {
    const next = this.#label();
    this.expression(left, next, no);
    this.lines.push(label(next));
    this.expression(right, yes, no);
  }

  #or(left: Expression, right: Expression, yes: string, no: string): void {
    const next = this.#label();
    this.expression(left, yes, next);
    this.lines.push(label(next));
    this.expression(right, yes, no);
  }

  #protocol(name: string, yes: string, no: string): void {
    const network = networks[name];
    if (network !== undefined) return this.#network(network, yes, no);
    for (const [version, protocol] of transports[name]!) {
      const [then, next] = [this.#label(), this.#label()];
      this.#network(version, then, next);
      this.lines.push(label(then), ld.byte(this.header + (version === IPV4 ? 9 : 6)));
      this.lines.push(jump.eq(protocol, yes, no), label(next));
    }
    this.lines.push(jump.always(no));
  }

  /** The kernel's own note of the protocol, which the frames of every device have. */
  #network(protocol: number, yes: string, no: string): void {
    this.lines.push(ld.ancillary('protocol'), jump.eq(protocol, yes, no));
  }

  #host(address: string, side: Side, yes: string, no: string): void {
    if (address.includes(':')) return this.#host6(address, side, yes, no);
    const value = packed(AF_INET, address).readUInt32BE();
    const [arp, ip, neither] = [this.#label(), this.#label(), this.#label()];
    this.#network(IPV4, ip, neither);
    this.lines.push(label(ip));
    this.#words([value], { src: 12, dst: 16 }, side, yes, no);
    this.lines.push(label(neither));
    this.#network(ARP, arp, no);
    this.lines.push(label(arp));
    this.#words([value], { src: 14, dst: 24 }, side, yes, no);
  }

  #host6(address: string, side: Side, yes: string, no: string): void {
    const bytes = packed(AF_INET6, address);
    const words = [0, 4, 8, 12].map(at => bytes.readUInt32BE(at));
    const then = this.#label();
    this.#network(IPV6, then, no);
    this.lines.push(label(then));
    this.#words(words, { src: 8, dst: 24 }, side, yes, no);
  }

  /** Compares the address at one or both places. */
  #words(
    words: readonly number[],
    places: Readonly<Record<'src' | 'dst', number>>,
    side: Side,
    yes: string,
    no: string,
  ): void {
    const chosen = side === 'either' ? [places.src, places.dst] : [places[side]];
    for (const [n, place] of chosen.entries()) {
      const other = n === chosen.length - 1 ? no : this.#label();
      for (const [at, word] of words.entries()) {
        const last = at === words.length - 1;
        this.lines.push(ld.word(this.header + place + 4 * at), jump.eq(word, last ? yes : undefined, other));
      }
      if (other !== no) this.lines.push(label(other));
    }
  }

  #port(port: number, side: Side, yes: string, no: string): void {
    const [four, other, six] = [this.#label(), this.#label(), this.#label()];
    this.#network(IPV4, four, other);
    this.lines.push(label(four), ld.byte(this.header + 9));
    this.#transport(no);
    // A later fragment has no ports.
    this.lines.push(ld.half(this.header + 6), jump.set(0x1fff, no, undefined), ldx.headerLength(this.header));
    this.#ports(place => ld.half(X.plus(this.header + place)), port, side, yes, no);
    this.lines.push(label(other));
    this.#network(IPV6, six, no);
    this.lines.push(label(six), ld.byte(this.header + 6));
    this.#transport(no);
    this.#ports(place => ld.half(this.header + 40 + place), port, side, yes, no);
  }

  /** Goes on if the accumulator is a transport with ports. */
  #transport(no: string): void {
    const found = this.#label();
    for (const [n, number] of withPorts.entries())
      this.lines.push(jump.eq(number, found, n === withPorts.length - 1 ? no : undefined));
    this.lines.push(label(found));
  }

  #ports(load: (place: number) => Statement, port: number, side: Side, yes: string, no: string): void {
    if (side !== 'dst') this.lines.push(load(0), jump.eq(port, yes, side === 'src' ? no : undefined));
    if (side !== 'src') this.lines.push(load(2), jump.eq(port, yes, no));
  }

  #label(): string {
    return `l${this.#labels++}`;
  }
}

function packed(family: number, address: string): Buffer {
  try {
    return Buffer.from(inet_pton(family, address));
  } catch {
    throw new Mistake(`filter: '${address}' is not an address; names are not looked up`);
  }
}
