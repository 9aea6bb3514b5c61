/** The constants that `berkeley` itself exports: those of Python’s socket module, and all that `new Socket` takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import { constantsOf, guidsOf, type Kind, kindOf, type Subject } from './subject.js';

/** The kinds that are arguments of `new Socket`. */
const arguments_: readonly (Kind | undefined)[] = ['family', 'type', 'protocol', 'protocol and level'];

/** The constants of CPython 3.13’s socket module. */
export function pythonNames(): string[] {
  const lines = readFileSync(join(root, 'tables/python-names.txt'), 'utf8').split('\n');
  return lines.filter(line => line !== '' && !line.startsWith('#'));
}

/** Every name that a subject’s generated file of constants exports. */
export function namesIn(subject: Subject): string[] {
  return [
    ...subject.groups.flatMap(constantsOf).map(constant => constant.name),
    ...(subject.strings ?? []).map(text => text.name),
    ...guidsOf(subject).map(guid => guid.name),
  ];
}

/** The names of a subject that `berkeley` exports. */
export function rootNamesIn(subject: Subject): string[] {
  const python = new Set(pythonNames());
  const taken = subject.groups.flatMap(constantsOf).filter(one => arguments_.includes(kindOf(one)));
  const isTaken = new Set(taken.map(constant => constant.name));
  return namesIn(subject).filter(name => python.has(name) || isTaken.has(name));
}
