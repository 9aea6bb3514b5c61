/**
 * What an editor shows of the published package: the documentation of a row under the pointer, and the
 * declaration with its documentation for “go to definition”.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { groups } from '../options/rows.js';
import { LanguageServer, type Place } from '../support/language-server.js';
import { PackedProject } from '../support/packed.js';

const project = new PackedProject();
const { folder, installed } = project;

/** A program with one name per line, and the position of the name in it. */
class Program {
  readonly file: string;
  readonly text: string;
  readonly #names: readonly string[];
  readonly #above: number;

  constructor(name: string, imports: readonly string[], names: readonly string[]) {
    this.#names = names;
    this.#above = imports.length;
    this.text = [...imports, ...names.map(each => `${each};`), ''].join('\n');
    this.file = project.write(name, this.text);
  }

  /** The last part of a name: of `tcp.info`, `info`. */
  placeOf(name: string): Place {
    const line = this.#above + this.#names.indexOf(name);
    return { file: this.file, line, character: name.lastIndexOf('.') + 1 };
  }
}

describe('in an editor', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start(folder);
  });
  after(() => {
    server?.[Symbol.dispose]();
    project.dispose();
  });

  /** The file and the line of a name's definition. */
  async function definitionOf(program: Program, name: string): Promise<{ file: string; line: string }> {
    const [place, ...others] = await server.definitions(program.placeOf(name));
    assert.ok(place !== undefined && others.length === 0, `${name} has ${others.length + 1} definitions`);
    const line = readFileSync(place.file, 'utf8').split('\n')[place.line]!;
    return { file: relative(installed, place.file), line };
  }

  test('every row of berkeley/options is found, with the documentation of its source', async () => {
    const names = groups.flatMap(([group, rows]) => rows.map(([name]) => `${group}.${name}`));
    const imports = [`import { ${groups.map(([group]) => group).join(', ')} } from 'berkeley/options';`];
    const program = new Program('rows.ts', imports, names);
    server.open(program.file, program.text);
    for (const name of names) {
      const { file, line } = await definitionOf(program, name);
      assert.match(file, /^dist\/.*\.d\.cts$/, name);
      // Two rows with one name in different groups are numbered in their declarations.
      assert.match(
        line,
        new RegExp(`^(export )?declare const ${name.split('.')[1]}(\\$\\d+)?:`),
        `${name}: ${file}`,
      );
      const source = readFileSync(join(installed, file), 'utf8');
      const words = commentAbove(source, line);
      const shown = plain(await server.hover(program.placeOf(name)));
      assert.ok(shown.includes(words), `${name}: ${shown}\ndoes not say\n${words}`);
    }
  });

  test('tcp.info has documentation and a definition', async () => {
    const program = new Program('one.ts', ["import { tcp } from 'berkeley/options';"], ['tcp.info']);
    server.open(program.file, program.text);
    assert.deepEqual((await definitionOf(program, 'tcp.info')).file, 'dist/options.d.cts');
    const shown = await server.hover(program.placeOf('tcp.info'));
    assert.match(shown, /const (tcp\.)?info(\$\d+)?: ReadOnlyOption<.*TcpInfo/);
  });

  test('constants and methods have documentation and definitions', async () => {
    const imports = [
      "import { AF_INET, SO_REUSEADDR, Socket } from 'berkeley';",
      'declare const socket: Socket;',
    ];
    const names = ['SO_REUSEADDR', 'AF_INET', 'socket.recvfrom', 'socket.getOption', 'Socket'];
    const program = new Program('others.ts', imports, names);
    server.open(program.file, program.text);
    const found = await Promise.all(names.map(name => definitionOf(program, name)));
    for (const [i, { file, line }] of found.entries()) {
      assert.match(line, new RegExp(`\\b${names[i]!.split('.').at(-1)}\\b`));
      const source = readFileSync(join(installed, file), 'utf8');
      if (!line.includes('getOption')) assert.notEqual(commentAbove(source, line), '');
    }
    const shown = await server.hover(program.placeOf('SO_REUSEADDR'));
    const { file, line } = await definitionOf(program, 'SO_REUSEADDR');
    const words = commentAbove(readFileSync(join(installed, file), 'utf8'), line);
    assert.ok(/\bbind\(\)/.test(words) && plain(shown).includes(words), shown);
  });
});

/** The first sentence of the comment that ends above a line, as plain text. */
function commentAbove(source: string, line: string): string {
  const above = source.slice(0, source.indexOf(`\n${line}`) + 1);
  const comment = above.slice(above.lastIndexOf('/**') + 3, above.lastIndexOf('*/'));
  assert.equal(above.slice(above.lastIndexOf('*/') + 2).trim(), '', `no comment stands above ${line}`);
  return plain(comment.replace(/^\s*\* ?/gm, '')).split('. ')[0]!;
}

/** Removes formatting. */
function plain(text: string): string {
  return text
    .replace(/\{@link (\S+?)\}/g, '$1')
    .replace(/[`*\\]|\[|\]\([^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
