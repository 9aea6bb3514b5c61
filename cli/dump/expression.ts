/**
 * Filter expressions, a part of pcap-filter(7): `tcp and port 443 and not host 192.0.2.1`.
 *
 *   expression = term { 'or' term }
 *   term       = factor { 'and' factor }
 *   factor     = 'not' factor | '(' expression ')' | primitive
 *   primitive  = protocol | [ protocol ] end
 *   protocol   = 'ip' | 'ip6' | 'arp' | 'tcp' | 'udp' | 'icmp' | 'icmp6' | 'sctp'
 *   end        = [ 'src' | 'dst' ] ( 'host' address | 'port' number )
 */
import { Mistake } from '../failure.js';

/** One or both ends of a packet. */
export type Side = 'src' | 'dst' | 'either';

/** A parsed expression. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly inner: Expression }
  | { readonly kind: 'protocol'; readonly name: string }
  | { readonly kind: 'host'; readonly side: Side; readonly address: string }
  | { readonly kind: 'port'; readonly side: Side; readonly port: number };

/** The names of protocols. */
export const protocolNames: readonly string[] = ['ip', 'ip6', 'arp', 'tcp', 'udp', 'icmp', 'icmp6', 'sctp'];

/** Parses an expression. A mistake names the word. */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text.match(/[()!]|&&|\|\||[^\s()!]+/g) ?? []);
  return parser.whole();
}

/** The words that can follow a protocol without `and`. */
const ends: ReadonlySet<string> = new Set(['src', 'dst', 'host', 'port']);

const synonyms: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' };

class Parser {
  #at = 0;

  constructor(private readonly words: readonly string[]) {}

  whole(): Expression {
    const expression = this.#alternatives();
    if (this.#at < this.words.length) throw this.#mistake();
    return expression;
  }

  #alternatives(): Expression {
    let left = this.#conditions();
    while (this.#take('or')) left = { kind: 'or', left, right: this.#conditions() };
    return left;
  }

  #conditions(): Expression {
    let left = this.#factor();
    while (this.#take('and')) left = { kind: 'and', left, right: this.#factor() };
    return left;
  }

  #factor(): Expression {
    if (this.#take('not')) return { kind: 'not', inner: this.#factor() };
    if (!this.#take('(')) return this.#primitive();
    const inner = this.#alternatives();
    if (!this.#take(')')) throw this.#mistake("')'");
    return inner;
  }

  #primitive(): Expression {
    const name = protocolNames.find(known => this.#take(known));
    if (name === undefined) return this.#end();
    const protocol = { kind: 'protocol', name } as const;
    if (!ends.has(this.words[this.#at]!)) return protocol;
    return { kind: 'and', left: protocol, right: this.#end() }; // udp port 53
  }

  #end(): Expression {
    const side = this.#take('src') ? 'src' : this.#take('dst') ? 'dst' : 'either';
    if (this.#take('host')) return { kind: 'host', side, address: this.#next('an address') };
    if (this.#take('port')) return { kind: 'port', side, port: this.#port() };
    throw this.#mistake();
  }

  #port(): number {
    const port = Number(this.#next('a port'));
    if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
    this.#at--;
    throw this.#mistake('a port');
  }

  #take(word: string): boolean {
    const found = this.words[this.#at];
    if (found === undefined || (synonyms[found] ?? found) !== word) return false;
    this.#at++;
    return true;
  }

  #next(what: string): string {
    const word = this.words[this.#at];
    if (word === undefined) throw this.#mistake(what);
    this.#at++;
    return word;
  }

  #mistake(expected = `one of ${protocolNames.join(', ')}, host, port, src, dst, not`): Mistake {
    const word = this.words[this.#at];
    return new Mistake(
      `filter: expected ${expected}${word === undefined ? ' at the end' : `, not '${word}'`}`,
    );
  }
}
