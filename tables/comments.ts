/** Finds where a header defines a name, and what the comment beside the definition says of it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { includes } from './probe.js';

export interface Definition {
  /** As it is included: `linux/can/raw.h`. */
  readonly header: string;
  readonly comment: string | undefined;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Where each of `names` is defined, by the preprocessor's own line markers. */
export function definitions(
  compiler: readonly string[],
  headers: readonly string[],
  names: readonly string[],
): Map<string, Definition> {
  const [command, ...flags] = compiler as [string, ...string[]];
  const run = spawnSync(command, [...flags, '-w', '-E', '-dD', '-xc', '-'], {
    encoding: 'utf8',
    input: includes(headers).join('\n'),
    maxBuffer: 1 << 28,
  });
  const places = placesOf(run.stdout, new Set(names));
  const found = new Map<string, Definition>();
  for (const [name, place] of places) {
    found.set(name, { header: publicName(place.file), comment: commentBeside(place) });
  }
  return found;
}

/** An enumerator comes first: `#define IPPROTO_TCP IPPROTO_TCP` only repeats it. */
function placesOf(preprocessed: string, wanted: ReadonlySet<string>): Map<string, Place> {
  const macros = new Map<string, Place>();
  const enumerators = new Map<string, Place>();
  let place: Place = { file: '', line: 0 };
  for (const text of preprocessed.split('\n')) {
    const marker = /^# (\d+) "([^"]+)"/.exec(text);
    if (marker) {
      place = { file: marker[2]!, line: Number(marker[1]) };
      continue;
    }
    const macro = /^#define (\w+)/.exec(text)?.[1];
    if (macro !== undefined) {
      if (wanted.has(macro)) macros.set(macro, place);
    } else {
      for (const [, name] of text.matchAll(/(?:^|[\s,{])([A-Z]\w+)\s*(?=[=,}]|$)/g)) {
        if (wanted.has(name!) && !enumerators.has(name!)) enumerators.set(name!, place);
      }
    }
    place = { file: place.file, line: place.line + 1 };
  }
  return new Map([...macros, ...enumerators]);
}

/** `/usr/include/x86_64-linux-gnu/bits/in.h` is a part of what people include, so only its own folders are cut off. */
function publicName(file: string): string {
  return file
    .replace(/^.*\/(include|bsd)\//, '')
    .replace(/^([\w-]+-linux-gnu\w*|any-\w+-any|generic-\w+)\//, '');
}

const sources = new Map<string, string[]>();

function linesOf(file: string): string[] {
  const known = sources.get(file);
  if (known !== undefined) return known;
  let lines: string[] = [];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    // <built-in> and <command-line> are no files.
  }
  sources.set(file, lines);
  return lines;
}

/** The comment that begins on the line of the definition, to its end if that is near. */
function commentBeside({ file, line }: Place): string | undefined {
  const text = linesOf(file)
    .slice(line - 1, line + 4)
    .join('\n');
  const first = text.split('\n')[0]!;
  const start = first.indexOf('/*');
  const slashes = first.indexOf('//');
  if (start < 0) return slashes < 0 ? undefined : tidy(first.slice(slashes + 2));
  const end = text.indexOf('*/', start);
  return end < 0 ? undefined : tidy(text.slice(start + 2, end));
}

/** What headers put before or after what they have to say: the C type, the chapter of an RFC, whose idea it was. */
const debris: readonly (readonly [found: RegExp, instead: string])[] = [
  [/^[*!<\s]+/, ''],
  [/\n\s*\*?/g, ' '],
  [/\s+/g, ' '],
  [/^(u?int(\d+_t)?|bool|struct)\s*\*?(\s+\w+)?\s*[:;]\s*/, ''],
  [/^APPLE:\s*/, ''],
  [/^\d+(\.\d+)+\s+/, ''],
  [/\[ NOT AN OFFICIALLY REGISTERED ID \]/, '(not registered)'],
  [/[\s.;]+$/, ''],
];

/** What says nothing of the name: a list that begins, a place, an address, half a sentence, where it can be changed. */
const useless = [
  /[:,(/]$/,
  /@|__\w+__|\bdraft-|^(rfc|struct) ?\w+$/i,
  /^(deprecated|unspecified|sysfs|read only|set only)$/i,
  /^[A-Z]?[a-z]+$/,
  /^0x/,
  /:-\)/,
];

/** What a comment says, where that is something; the subject says the rest. */
export function tidy(comment: string): string | undefined {
  const text = debris.reduce((left, [found, instead]) => left.replace(found, instead), comment).trim();
  return /[A-Za-z]{3}/.test(text) && !useless.some(pattern => pattern.test(text)) ? text : undefined;
}
