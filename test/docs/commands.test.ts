/** Every command of `berkeley` on the pages and in the help is valid, with its filter. They do not run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from 'commander';
import { parseCanFilter } from '../../cli/dump/can-filter.js';
import { compileFilter } from '../../cli/dump/filter.js';
import { createProgram } from '../../cli/program.js';
import { codeIn, pages } from './pages.js';

/** The words of a command line, without what the shell takes: comments and redirections. */
function wordsOf(line: string): string[] {
  const command = line.replace(/ +#.*$/, '').replace(/ < \S+/, '');
  return [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

/** Parses a command line. Returns the command, which did not run. */
async function parse(words: readonly string[]): Promise<Command> {
  let parsed: Command | undefined;
  const program = createProgram('0', async command => {
    parsed = command;
  });
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr() {} });
  await program.parseAsync(words, { from: 'user' });
  return parsed ?? assert.fail('nothing would run');
}

function checkFilter({ args: [device = '', ...filter] }: Command): void {
  if (/^v?can/.test(device)) for (const each of filter) parseCanFilter(each);
  else if (filter.length > 0) compileFilter(filter.join(' '), 14);
}

const help = createProgram('0', async () => {}).commands.map(command => {
  let text = '';
  command.configureOutput({
    writeOut(part) {
      text += part;
    },
  });
  command.outputHelp();
  return text;
});

const documented = [...pages().flatMap(page => codeIn(page, 'sh')), ...help].flatMap(text =>
  [...text.matchAll(/^ *(?:npx )?berkeley ([a-z].*)$/gm)].map(([, line]) => line!.replace(/ {2,}.*$/, '')),
);

test('there are commands', () => assert.ok(documented.length > 20, documented.join('\n')));

for (const line of new Set(documented)) {
  test(`berkeley ${line}`, async () => {
    const command = await parse(wordsOf(line));
    if (command.name() === 'dump') checkFilter(command);
  });
}
