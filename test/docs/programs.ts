/**
 * The programs on the pages: fences of TypeScript that import the package. A comment before a fence of a guide says where the
 * program runs, `<!-- test: network -->`, and the fence of text after it is its output.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pages, read, root } from './pages.js';
import { type PlaceName, places } from './places.js';

const run = promisify(execFile);
const LIMIT = { timeout: 60_000 };

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
  /** Whether it is what the fence before it prints: between them is nothing, or a line such as “It prints:”. */
  readonly follows: boolean;
}

/** A fence, and the text between it and the one before it. */
const FENCE = /(.*?)^```(\w*)\n(.*?)^```$/gms;
const NOTE = /<!-- test: ([^>]+) -->\s*$/;

function fencesOf(page: string): Fence[] {
  return [...read(page).matchAll(FENCE)].map(([, between, language, content]) => ({
    language: language!,
    content: content!,
    note: NOTE.exec(between!)?.[1],
    follows: /^(?:.* prints:)?$/.test(between!.trim()),
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
    const output = next?.language === 'text' && next.follows ? next.content : undefined;
    const name = `${page.replace(/\W/g, '-')}-${++count}`;
    return { page, name, code: fence.content, place: placeNamed(fence.note, page), setup, output };
  });
}

/** The programs of all pages. */
export function allPrograms(): Program[] {
  return pages().flatMap(programsOn);
}

const options = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    ...{
      rootDir: '.',
      outDir: '.',
      tsBuildInfoFile: 'tsbuildinfo',
      declaration: true,
      declarationMap: false,
    },
    ...{ sourceMap: false, noUnusedLocals: false },
  },
  include: ['*.ts'],
  exclude: ['*.d.ts'],
};

/** Programs in a folder inside the package, so that they can import it by its name. */
export class CompiledPrograms {
  readonly #folder: string;

  /** @param name the name of the folder: test files run in parallel */
  constructor(
    name: string,
    readonly programs: readonly Program[],
  ) {
    this.#folder = join(root, 'build', name);
  }

  async compile(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    for (const { name, code } of this.programs) writeFileSync(join(this.#folder, `${name}.ts`), code);
    writeFileSync(join(this.#folder, 'tsconfig.json'), JSON.stringify(options));
    const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
    await run(process.execPath, [tsc, '-p', this.#folder], LIMIT).catch(({ stdout }) => assert.fail(stdout));
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
