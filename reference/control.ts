/** The page of control messages: the rows of `berkeley/control`. */
import type { ControlFacts, Receivable } from 'berkeley/control';
import * as control from 'berkeley/control';
import { type DeclarationReflection, ReferenceType, ReflectionKind, type SomeType } from 'typedoc';
import type { Columns } from '../tables/table.js';
import { available } from '../tables/write-constants.js';
import { fileOf, openingOf, saidOf } from './comments.js';
import { code, groupBy, page, sentence, table } from './markdown.js';
import { headingOf } from './options.js';
import { exportsOf, type Surface } from './surface.js';
import { typeText, valueSection, valuesOf } from './values.js';

type AnyRow = ControlFacts & Receivable<unknown, unknown>;

interface Entry {
  readonly row: AnyRow;
  readonly symbol: DeclarationReflection;
}

export const controlFile = 'docs/reference/control.md';

export function controlEntries(surface: Surface): readonly Entry[] {
  const rows = control as unknown as Record<string, unknown>;
  return exportsOf(surface, 'control').flatMap(symbol => {
    const row = rows[symbol.name];
    return symbol.kind === ReflectionKind.Variable && isRow(row) ? [{ row, symbol }] : [];
  });
}

/** A row that can also be sent is a function. */
function isRow(value: unknown): value is AnyRow {
  return value !== null && ['object', 'function'].includes(typeof value) && 'level' in Object(value);
}

export function controlPage(surface: Surface, columns: Columns): string {
  const entries = controlEntries(surface);
  const explained = valuesOf(
    entries.flatMap(({ symbol }) => received(symbol) ?? []),
    'control',
  );
  const files = groupBy(entries, ({ symbol }) => fileOf(symbol));
  const head = ['message', 'C name', 'value', 'asked for by', 'where', 'what it is'];
  const tables = [...files].flatMap(([file, some]) => [
    `## ${headingOf(openingOf(file))}`,
    table(
      head,
      some.map(entry => cellsOf(entry, explained, columns)),
    ),
  ]);
  const values = explained.flatMap(value => valueSection(value, explained));
  return page('Control messages', [
    'The rows of `berkeley/control`. Read a message with `find`, `all` and `decode`. To create a message that can be sent, call its row.',
    ...tables,
    '## Values',
    ...values,
  ]);
}

/** The arguments of the row's type, which can have its own name. */
function argumentsOf({ type, name }: DeclarationReflection): readonly SomeType[] {
  if (type instanceof ReferenceType) {
    if (type.typeArguments !== undefined) return type.typeArguments;
    if (type.reflection?.kindOf(ReflectionKind.TypeAlias))
      return argumentsOf(type.reflection as DeclarationReflection);
  }
  throw new Error(`${name}: write out its type, which ${type} hides`);
}

function received(symbol: DeclarationReflection): SomeType | undefined {
  return argumentsOf(symbol)[0];
}

/** The value that is read, and the value that is passed to create one if that differs. */
function valueCell(symbol: DeclarationReflection, explained: readonly DeclarationReflection[]): string {
  const [read, taken] = argumentsOf(symbol);
  const text = typeText(read!, explained);
  if ((symbol.type as ReferenceType).name === 'Receivable') return `${text}; received only`;
  return taken === undefined
    ? text
    : `${text}; sent: ${code(taken.toString().replace(/^\[(.*)\]$/s, '($1)'))}`;
}

function cellsOf(
  { row, symbol }: Entry,
  explained: readonly DeclarationReflection[],
  columns: Columns,
): string[] {
  return [
    code(symbol.name),
    code(row.name),
    valueCell(symbol, explained),
    row.option === undefined ? '' : code(row.option),
    available(columns.row(row.name), row.since),
    [saidOf(symbol), `Manual: ${row.man}`].map(sentence).join(' '),
  ];
}
