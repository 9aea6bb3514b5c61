/**
 * Asks a C compiler what names are worth. Every name becomes an inline-assembly operand, so the number is in the
 * compiler's text output: enums, casts and expressions count, nothing is run, and a cross compiler answers as well as
 * the machine's own. A name the headers lack is a compile error on a line of its own; those lines are dropped and the
 * rest compiled again.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Question {
  readonly key: string;
  readonly expression: string;
}

export interface Answers {
  readonly values: ReadonlyMap<string, number>;
  readonly absent: readonly string[];
  /** Headers that this machine does not have. */
  readonly lacking: readonly string[];
}

const MARK = 'BERKELEY';
const LACKS = 'BERKELEY_LACKS';

/** The values of `questions` by the headers, and the keys whose expression did not compile. */
export function probe(
  compiler: readonly string[],
  headers: readonly string[],
  questions: readonly Question[],
): Answers {
  const known = wordsOf(compiler, headers);
  const absent = questions.filter(question => !isKnown(question, known)).map(question => question.key);
  let asked = questions.filter(question => isKnown(question, known));
  for (;;) {
    const { assembly, failed } = compile(compiler, headers, asked);
    if (failed.size === 0) return { values: read(assembly), absent, lacking: lacking(assembly) };
    absent.push(...asked.filter((_, i) => failed.has(i)).map(question => question.key));
    asked = asked.filter((_, i) => !failed.has(i));
  }
}

/** Every word of the headers. Compilers are slow to say of a thousand names that they know none like it. */
function wordsOf(compiler: readonly string[], headers: readonly string[]): ReadonlySet<string> {
  const [command, ...flags] = compiler as [string, ...string[]];
  const run = spawnSync(command, [...flags, '-w', '-E', '-dD', '-xc', '-'], {
    encoding: 'utf8',
    input: includes(headers).join('\n'),
    maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  return new Set(run.stdout.match(/\b[A-Z_]\w+/g));
}

function isKnown({ expression }: Question, words: ReadonlySet<string>): boolean {
  return (expression.match(/\b[A-Z_]\w+/g) ?? []).every(word => words.has(word));
}

/**
 * A header that this machine lacks is passed over, so that its names come out absent. What begins with `#` is a line of
 * its own.
 */
export function includes(headers: readonly string[]): string[] {
  return ['stddef.h', ...headers].flatMap((header, i) => {
    if (header.startsWith('#')) return [header];
    const lacking = `void lacks${i}(void) { __asm__ volatile("\\n#${LACKS} ${header} "); }`;
    return [`#if __has_include(<${header}>)`, `#include <${header}>`, '#else', lacking, '#endif'];
  });
}

function compile(compiler: readonly string[], headers: readonly string[], asked: readonly Question[]) {
  const prologue = includes(headers);
  const lines = asked.map(
    ({ key, expression }, i) =>
      `void p${i}(void) { __asm__ volatile("\\n#${MARK} ${key} %c0 %c1" : : ${halves(expression)}); }`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-tables-'));
  try {
    const [source, output] = [join(folder, 'probe.c'), join(folder, 'probe.s')];
    writeFileSync(source, [...prologue, ...lines, ''].join('\n'));
    const [command, ...flags] = compiler as [string, ...string[]];
    const run = spawnSync(command, [...flags, '-w', '-S', '-o', output, source], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 1 << 28,
    });
    if (run.error) throw run.error;
    if (run.status === 0) return { assembly: readFileSync(output, 'utf8'), failed: new Set<number>() };
    return { assembly: '', failed: failedLines(run.stderr, source, prologue.length, asked.length) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** x86 takes no more than 32 signed bits for an operand. */
function halves(expression: string): string {
  const value = `(long long)(${expression})`;
  return `"i"((int)(${value} >> 32)), "i"((int)${value})`;
}

function failedLines(errors: string, source: string, before: number, count: number): Set<number> {
  const failed = new Set<number>();
  for (const line of errors.split('\n')) {
    if (!line.startsWith(`${source}:`) || !/: (fatal )?error: /.test(line)) continue;
    const index = Number(line.slice(source.length + 1).split(':')[0]) - before - 1;
    if (index >= 0 && index < count) failed.add(index);
  }
  if (failed.size === 0) throw new Error(`the probe does not compile:\n${errors}`);
  return failed;
}

function read(assembly: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const [, key, high, low] of assembly.matchAll(new RegExp(`${MARK} (\\S+) (-?\\d+) (-?\\d+)`, 'g'))) {
    const value = Number(high) * 2 ** 32 + (Number(low) >>> 0);
    if (!Number.isSafeInteger(value)) throw new Error(`${key} is ${value}: too large for a number`);
    values.set(key!, value);
  }
  return values;
}

/** The headers that this machine does not have, by what a compiler makes of {@link includes}. */
export function lacking(assembly: string): string[] {
  return [...assembly.matchAll(new RegExp(`${LACKS} (\\S+)`, 'g'))].map(match => match[1]!);
}

/** Those of the headers that a compiler does not find; none is included. */
export function missingHeaders(compiler: readonly string[], headers: readonly string[]): string[] {
  const [command, ...flags] = compiler as [string, ...string[]];
  const files = headers.filter(header => !header.startsWith('#'));
  const lines = files.flatMap(file => [`#if !__has_include(<${file}>)`, `${LACKS} ${file}`, '#endif']);
  const run = spawnSync(command, [...flags, '-E', '-P', '-xc', '-'], {
    encoding: 'utf8',
    input: lines.join('\n'),
  });
  if (run.error) throw run.error;
  return [...run.stdout.matchAll(new RegExp(`^${LACKS} (.+)$`, 'gm'))].map(match =>
    match[1]!.replaceAll(' ', ''),
  );
}
