/** Generates the page of the command line from its own help. */
import type { Command } from 'commander';
import { createProgram } from '../cli/program.js';
import { page } from './markdown.js';

export const cliFile = 'docs/reference/cli.md';

/** The help of a command, with the notes after the list of options. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ getOutHelpWidth: () => 100 }).configureOutput({
    writeOut: part => {
      text += part;
    },
  });
  command.outputHelp();
  return text.trim();
}

export function cliPage(): string {
  const program = createProgram('', async () => {});
  const commands = program.commands.flatMap(command => [
    `## \`berkeley ${command.name()}\``,
    `\`\`\`text\n${helpOf(command)}\n\`\`\``,
  ]);
  return page('The command line', [
    '`npx berkeley` has these commands. This is their help. See [the guide](../cli.md).',
    ...commands,
  ]);
}
