/**
 * The programs on the pages: fences of TypeScript that import the package. A comment before a fence of a guide says where the
 * program runs, `<!-- test: network -->`. The fence of text after it, or after a line that ends with `prints:`, is its output.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { inGuest } from '../support/kernel.js';
import { pages, read, root } from './pages.js';
import { type PlaceName, places } from './places.js';

const run = promisify(execFile);
/** An emulated machine needs minutes for what takes seconds. */
/** The pages have no colours, which a test runner on a terminal asks for. */
const { FORCE_COLOR: _, ...env } = process.env;
const LIMIT = { timeout: inGuest ? 300_000 : 60_000, env };

export interface Program {
  readonly page: string;
  readonly name: string;
  readonly code: string;
  readonly place: PlaceName;
  /** Commands of the page that set up the network of its programs. */
  readonly setup: string;
  /** The output that the page shows, if it does. */
  readonly output: string | undefined;
}

interface Fence {
  readonly language: string;
  readonly content: string;
  /** The word of the comment before it. */
  readonly note: string | undefined;
  /** Whether it is the output of the program in the fence before it. */
  readonly isOutput: boolean;
}

/** A fence, and the text between it and the one before it. */
const FENCE = /(.*?)^```(\w*)\n(.*?)^```$/gms;
const OUTPUT = /^\s*(?:[^\n]*prints:)?\s*$/;
const NOTE = /<!-- test: ([^>]+) -->\s*$/;

function fencesOf(page: string): Fence[] {
  return [...read(page).matchAll(FENCE)].map(([, between, language, content]) => ({
    language: language!,
    content: content!,
    note: NOTE.exec(between!)?.[1],
    isOutput: language === 'text' && OUTPUT.test(between!),
  }));
}

function placeNamed(note: string | undefined, page: string): PlaceName {
  if (note === undefined) return 'here';
  assert.ok(note in places, `${page}: there is no place “${note}” in test/docs/places.ts`);
  return note as PlaceName;
}

function programsOn(page: string): Program[] {
  const fences = fencesOf(page);
  const setups = fences.filter(({ language, note }) => language === 'sh' && note === 'setup');
  const setup = setups.map(({ content }) => content).join('');
  const isProgram = ({ language, content }: Fence) => language === 'ts' && content.includes("from 'berkeley");
  let count = 0;
  return fences.flatMap((fence, i) => {
    if (!isProgram(fence)) return []; // a fragment, or another language
    const next = fences[i + 1];
    const output = next?.isOutput ? next.content : undefined;
    const name = `${page.replace(/\W/g, '-')}-${++count}`;
    return { page, name, code: fence.content, place: placeNamed(fence.note, page), setup, output };
  });
}

/** The programs of all pages. */
export function allPrograms(): Program[] {
  return pages().flatMap(programsOn);
}

const options = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    ...{ rootDir: '.', outDir: '.', composite: false, tsBuildInfoFile: null },
    ...{ declaration: false, declarationMap: false, sourceMap: false, noUnusedLocals: false },
  },
  include: ['*.ts'],
  exclude: [], // by default that is the folder of the output, which is the same
};

const modern = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };

/**
 * Programs in a folder of their own, which has the package as an installed one. It is not in the project, whose folders cannot
 * be written in the guest of vm/run.mjs.
 */
export class CompiledPrograms {
  readonly #folder: string = mkdtempSync(join(tmpdir(), 'berkeley-docs-'));

  constructor(readonly programs: readonly Program[]) {}

  /** Compiles the programs, and checks their types. */
  async compile(): Promise<void> {
    this.#prepare();
    const write = (name: string, text: string) => writeFileSync(join(this.#folder, name), text);
    write('tsconfig.json', JSON.stringify(options));
    for (const { name, code } of this.programs) write(`${name}.ts`, code);
    const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
    await run(process.execPath, [tsc, '-p', this.#folder], LIMIT).catch(({ stdout }) => assert.fail(stdout));
  }

  /** Removes the types of the programs without checking them, which takes minutes in an emulated machine. */
  strip(): void {
    this.#prepare();
    for (const { name, code } of this.programs) {
      const { outputText } = ts.transpileModule(code, { compilerOptions: modern });
      writeFileSync(join(this.#folder, `${name}.js`), outputText);
    }
  }

  #prepare(): void {
    mkdirSync(join(this.#folder, 'node_modules'));
    symlinkSync(root, join(this.#folder, 'node_modules/berkeley'), 'junction');
    symlinkSync(join(root, 'node_modules/@types'), join(this.#folder, 'node_modules/@types'), 'junction');
    writeFileSync(join(this.#folder, 'package.json'), JSON.stringify({ type: 'module' }));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Runs a program in its place. Returns its output. */
  async play({ name, place, setup }: Program): Promise<string> {
    const program = [process.execPath, join(this.#folder, `${name}.js`)];
    const [command, ...args] = places[place].command(program, setup);
    const { stdout } = await run(command!, args, LIMIT);
    return stdout;
  }
}

/** What differs from run to run: times in seconds and milliseconds, and numbers of processes. */
const VARIABLE: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\b\d\d:\d\d:\d\d\.\d+/g, '(time)'],
  [/\b\d+(?:\.\d+)? ms\b/g, '(time) ms'],
  [/\b(process|inode) \d+\b/g, '$1 (number)'],
];

function constantPart(output: string): string {
  return VARIABLE.reduce((text, [pattern, instead]) => text.replace(pattern, instead), output);
}

/** Fails if a program printed something else than its page shows, or nothing. */
export function checkOutput({ page, output }: Program, printed: string): void {
  assert.notEqual(printed, '');
  if (output !== undefined) assert.equal(constantPart(printed), constantPart(output), page);
}
