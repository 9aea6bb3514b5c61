/** One page per group of `berkeley/options`: the facts of the rows at run time, and their comments. */
import type { OptionRow, ReadableOption, WritableOption } from 'berkeley/options';
import * as options from 'berkeley/options';
import { type DeclarationReflection, ReferenceType, type SomeType } from 'typedoc';
import type { Columns } from '../tables/table.js';
import { available } from '../tables/write-constants.js';
import { fileOf, openingOf, saidOf } from './comments.js';
import { code, groupBy, kebab, page, sentence, table } from './markdown.js';
import { socketsOf } from './sockets.js';
import { namespacesOf, type Surface } from './surface.js';
import { typeText, valueSection, valuesOf } from './values.js';

type AnyRow = OptionRow & Partial<ReadableOption<unknown> & WritableOption<unknown>>;

/** A row, and its declaration. */
interface Entry {
  readonly name: string;
  readonly row: AnyRow;
  readonly symbol: DeclarationReflection;
}

export interface OptionPage {
  readonly group: string;
  readonly file: string;
  readonly text: string;
  readonly about: string;
  readonly count: number;
}

export function optionPages(surface: Surface, columns: Columns): readonly OptionPage[] {
  return namespacesOf(surface, 'options')
    .map(group => ({ group: group.name, entries: entriesOf(group) }))
    .filter(({ entries }) => entries.length > 0)
    .map(({ group, entries }) => ({
      group,
      file: `docs/reference/options/${kebab(group)}.md`,
      text: write(group, entries, columns),
      about: aboutOf(entries),
      count: entries.length,
    }));
}

function entriesOf({ name: group, children = [] }: DeclarationReflection): readonly Entry[] {
  const rows = (options as unknown as Record<string, Record<string, unknown>>)[group] ?? {};
  return children.flatMap(symbol => {
    const row = rows[symbol.name];
    return isRow(row) ? [{ name: `${group}.${symbol.name}`, row, symbol }] : [];
  });
}

function isRow(value: unknown): value is AnyRow {
  return typeof value === 'object' && value !== null && 'access' in value && 'option' in value;
}

/** A group is a file, or a directory whose `index.ts` has its description. */
function aboutOf(entries: readonly Entry[]): string {
  const files = new Set(entries.map(({ symbol }) => fileOf(symbol)));
  const [file] = files as Set<string> & Iterable<string>;
  return openingOf(files.size === 1 ? file! : file!.replace(/[^/]+$/, 'index.ts'));
}

/** States once what most rows of a page have in common. */
interface Usual {
  readonly sockets: string;
  readonly man: string;
}

function usualOf(entries: readonly Entry[]): Usual {
  const most = (texts: readonly string[]) => {
    const [first] = [...groupBy(texts, text => text).values()].sort((a, b) => b.length - a.length);
    return first![0]!;
  };
  return {
    sockets: most(entries.map(({ row }) => socketsOf(row))),
    man: most(entries.map(({ row }) => row.man)),
  };
}

function write(group: string, entries: readonly Entry[], columns: Columns): string {
  const usual = usualOf(entries);
  const explained = valuesOf(entries.flatMap(typesOf), 'options');
  const head = ['option', 'C name', 'access', 'value', 'where', 'what it is'];
  const tableOf = (some: readonly Entry[]) =>
    table(
      head,
      some.map(entry => cellsOf(entry, usual, explained, columns)),
    );
  const files = groupBy(entries, ({ symbol }) => fileOf(symbol));
  const tables =
    files.size === 1
      ? [tableOf(entries)]
      : [...files].flatMap(([file, some]) => [`## ${headingOf(openingOf(file))}`, tableOf(some)]);
  const common = `Sockets: ${usual.sockets}. Manual: ${usual.man}. Exceptions are in the description of an option.`;
  const values = explained.flatMap(value => valueSection(value, explained));
  return page(code(group), [
    sentence(aboutOf(entries)),
    common,
    ...tables,
    ...(values.length === 0 ? [] : ['## Values', ...values]),
  ]);
}

/** The first sentence of a file's header comment. */
export function headingOf(opening: string): string {
  return opening.split(/\. |\.$/)[0]!;
}

function cellsOf(
  { name, row, symbol }: Entry,
  usual: Usual,
  explained: readonly DeclarationReflection[],
  columns: Columns,
): string[] {
  return [
    code(name),
    code(row.name),
    row.access,
    valueCell({ name, row, symbol }, explained),
    available(columns.row(row.name), row.since),
    [saidOf(symbol), ...remarksOf(row, usual)].filter(Boolean).map(sentence).join(' '),
  ];
}

function remarksOf(row: AnyRow, usual: Usual): string[] {
  const sockets = socketsOf(row);
  return [
    ...(row.note === undefined ? [] : [row.note]),
    ...(row.needs === undefined ? [] : [`Needs ${row.needs}`]),
    ...(row.requires === undefined
      ? []
      : [row.requires.startsWith('modprobe ') ? `Requires ${code(row.requires)}` : row.requires]),
    ...(sockets === usual.sockets ? [] : [`Sockets: ${sockets}`]),
    ...(row.man === usual.man ? [] : [`Manual: ${row.man}`]),
  ];
}

/** The types that are read and set: the arguments of the row's declared type. */
function declared({ name, symbol }: Entry): { readonly get?: SomeType; readonly set?: SomeType } {
  const { type } = symbol;
  if (!(type instanceof ReferenceType)) throw new Error(`${name} is not declared as a row`);
  const [first, , third] = type.typeArguments ?? [];
  if (first === undefined) throw new Error(`${name}: write out its type, which ${type.name} hides`);
  if (type.name === 'Option') return { get: first, set: third ?? first };
  return type.name === 'ReadOnlyOption' ? { get: first } : { set: first };
}

function typesOf(entry: Entry): SomeType[] {
  const { get, set } = declared(entry);
  return [get, set].filter(type => type !== undefined);
}

function valueCell(entry: Entry, explained: readonly DeclarationReflection[]): string {
  const { get, set } = declared(entry);
  const texts = [get, set].map(type => type && typeText(type, explained));
  const [got, taken] = texts;
  const types =
    got !== undefined && taken !== undefined && got !== taken ? `${got}; set: ${taken}` : (got ?? taken!);
  const { type: words } = (entry.row.write ?? entry.row.read)!;
  return saysMore(words, (set ?? get)!.toString()) ? `${types}: ${words}` : types;
}

/**
 * The fields of a structure are listed below, and a boolean needs no explanation. A number or a string can
 * have more details.
 */
function saysMore(words: string, type: string): boolean {
  return /^(number|bigint|string|Buffer|Uint8Array)$/.test(type) && words !== type && words !== 'integer';
}
