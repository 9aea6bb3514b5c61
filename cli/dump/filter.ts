/** Compiles filter expressions to classic BPF. */
import { bpf, label, type Program, ret } from 'berkeley/bpf';
import { type Expression, parseExpression } from './expression.js';
import { type Line, type Place, testHost, testPort, testProtocol } from './primitives.js';

/** The largest length of a packet: what the filter keeps. */
const WHOLE = 0x40000;

/**
 * Compiles an expression for a packet socket.
 *
 * @param header the length of the link-layer header
 */
export function compileFilter(text: string, header: number): Program {
  let count = 0;
  const place: Place = { header, newLabel: () => `l${count++}` };
  const lines = compile(place, parseExpression(text), 'take', 'drop');
  return bpf([...lines, label('take'), ret(WHOLE), label('drop'), ret(0)]);
}

/** Returns code that continues at `yes` or at `no`. */
function compile(place: Place, expression: Expression, yes: string, no: string): Line[] {
  switch (expression.kind) {
    case 'and':
      return inOrder(place, expression, next => compile(place, expression.left, next, no), yes, no);
    case 'or':
      return inOrder(place, expression, next => compile(place, expression.left, yes, next), yes, no);
    case 'not':
      return compile(place, expression.inner, no, yes);
    case 'protocol':
      return testProtocol(place, expression.name, yes, no);
    case 'host':
      return testHost(place, expression.address, expression.side, yes, no);
    case 'port':
      return testPort(place, expression.port, expression.side, yes, no);
  }
}

/** The code of the left side, which continues at the right side if that decides. */
function inOrder(
  place: Place,
  { right }: { readonly right: Expression },
  left: (next: string) => Line[],
  yes: string,
  no: string,
): Line[] {
  const next = place.newLabel();
  return [...left(next), label(next), ...compile(place, right, yes, no)];
}
