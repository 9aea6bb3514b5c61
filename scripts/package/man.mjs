/** Writes the man page of the command line, berkeley(1), from the help of its commands. man(7). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiled } from './cli.mjs';
import { manifest } from './entries.mjs';

/** Text with the characters escaped that mean something to troff. */
const plain = text =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

/** The notes after the list of options. */
function notesOf(command) {
  let text = '';
  command.configureOutput({ writeOut: part => (text += part) });
  command.outputHelp();
  return text.slice(command.helpInformation().length).trim();
}

const defaultOf = ({ defaultValueDescription, defaultValue }) =>
  typeof defaultValue === 'number' && Number.isFinite(defaultValue)
    ? ` The default is ${defaultValueDescription ?? defaultValue}.`
    : '';

function optionLines(option) {
  return ['.TP', `.B ${plain(option.flags)}`, plain(`${option.description}.${defaultOf(option)}`)];
}

function argumentLines(argument) {
  return ['.TP', `.I ${plain(argument.name())}`, plain(`${argument.description}.`)];
}

function commandLines(command) {
  const notes = notesOf(command);
  return [
    `.SS berkeley ${command.name()} ${plain(command.usage())}`,
    plain(`${command.description()}.`),
    ...command.registeredArguments.flatMap(argumentLines),
    ...command.options.flatMap(optionLines),
    ...(notes === '' ? [] : ['.PP', '.nf', plain(notes), '.fi']),
  ];
}

const EXIT = [
  ['0', 'The command did what it was asked for.'],
  ['1', 'It failed: no answer, a refused connection, a missing privilege.'],
  ['2', 'The command line is wrong.'],
  ['130', 'Ctrl-C ended nc before it was done.'],
].flatMap(([code, text]) => ['.TP', `.B ${code}`, text]);

const VARIABLES = [
  ['BERKELEY_BINDING', 'The path of the binary to load.'],
  ['NO_COLOR', 'Turns colours off on terminals too.'],
].flatMap(([name, text]) => ['.TP', `.B ${name}`, text]);

export async function writeManPage(file) {
  const { createProgram } = await import(pathToFileURL(join(compiled, 'program.js')));
  const program = createProgram(manifest.version, async () => {});
  const lines = [
    `.TH BERKELEY 1 "" "berkeley ${manifest.version}" "User Commands"`,
    ...['.SH NAME', 'berkeley \\- Berkeley sockets from the command line'],
    ...['.SH SYNOPSIS', '.B berkeley', '.I command', '[options]'],
    '.SH COMMANDS',
    ...program.commands.flatMap(commandLines),
    ...['.SH EXIT STATUS', ...EXIT, '.SH ENVIRONMENT', ...VARIABLES],
    ...['.SH SEE ALSO', '.BR ss (8),', '.BR ip\\-monitor (8),', '.BR ping (8),', '.BR traceroute (8),'],
    ...['.BR nc (1),', '.BR candump (1),', '.BR tcpdump (8)'],
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
}
