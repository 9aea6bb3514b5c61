/** Generates every page of the reference. */
import { Columns } from '../tables/table.js';
import { cliFile, cliPage } from './cli.js';
import { type ConstantsPage, constantsPages, prefixesOf } from './constants.js';
import { controlEntries, controlFile, controlPage } from './control.js';
import { errorsFile, errorsPage } from './errors.js';
import { code, page, sentence, table } from './markdown.js';
import { netFile, netPage } from './net.js';
import { type OptionPage, optionPages } from './options.js';
import type { Surface } from './surface.js';

export const folder = 'docs/reference';

export function generate(surface: Surface): Map<string, string> {
  const columns = new Columns();
  const options = optionPages(surface, columns);
  const constants = constantsPages(columns);
  const index = indexPage(options, constants, controlEntries(surface).length);
  return new Map([
    [`${folder}/README.md`, index],
    ...options.map(({ file, text }) => [file, text] as const),
    [controlFile, controlPage(surface, columns)],
    [netFile, netPage()],
    [cliFile, cliPage()],
    [errorsFile, errorsPage()],
    ...constants.map(({ file, text }) => [file, text] as const),
  ]);
}

function link(text: string, file: string): string {
  return `[${text}](${file.slice(folder.length + 1)})`;
}

function indexPage(
  options: readonly OptionPage[],
  constants: readonly ConstantsPage[],
  messages: number,
): string {
  const optionRows = options.map(({ group, file, about, count }) => [
    link(code(group), file),
    String(count),
    sentence(about),
  ]);
  const constantRows = constants.map(({ subject, file, names }) => [
    link(subject, file),
    String(names.length),
    prefixesOf(names).map(code).join(' '),
  ]);
  return page('Reference', [
    '`npm run reference` generates these pages from the rows and comments of the sources and from the tables. `npm run site` builds a site with the guides, these pages and the reference of all classes and functions, with a search, in `build/site`.',
    '## Options',
    'The groups of `berkeley/options`. For `multicast`, `unicast` and `codec` (functions), see the site.',
    table(['group', 'options', 'what they are'], optionRows),
    '## Control messages',
    `${link('berkeley/control', controlFile)}: ${messages} messages, and the structures that they are read as.`,
    '## Statements about `node:net`',
    `${link('berkeley/net', netFile)}: what Node’s documentation states, and what is the same, additional or different.`,
    '## The command line',
    `${link('npx berkeley', cliFile)}: its commands and their options.`,
    '## Errors',
    `${link('Errors and advice', errorsFile)}: the codes, their classes, and the advice of the messages.`,
    '## Constants',
    '`berkeley/constants` exports each by its C name, with the number it has on the platform that runs the program. `berkeley` exports those of Python’s socket module and those that `new Socket` takes.',
    table(['subject', 'names', 'prefixes'], constantRows),
  ]);
}
