/** Fills one column: every subject's groups and structures, each against its own headers. */
import type { Column } from './columns.js';
import { type Definition, definitions } from './comments.js';
import { askGuids, guidKeysOf } from './guids.js';
import { type Answers, probe, type Question } from './probe.js';
import type { Entry } from './recorded.js';
import {
  type Constant,
  constantsOf,
  type Group,
  guidsOf,
  headersFor,
  measuresOf,
  type Platform,
  type Struct,
  type Subject,
} from './subject.js';

export interface Asked {
  /** Every key that was wanted, in the order of the subjects. */
  readonly keys: readonly string[];
  readonly table: ReadonlyMap<string, Entry>;
  /** What the subjects want and these headers lack. */
  readonly absent: ReadonlySet<string>;
  /** What could not be asked, and the header that this machine lacks. */
  readonly unasked: ReadonlyMap<string, string>;
}

/** With comments, each name’s header and what the header says of it are looked up too, which takes far longer. */
export function ask(column: Column, subjects: readonly Subject[], comments = false): Asked {
  const keys: string[] = [];
  const table = new Map<string, Entry>();
  const absent = new Set<string>();
  const unasked = new Map<string, string>();
  const file = (questions: readonly Question[], { values, lacking }: Answers, found?: Definitions) => {
    for (const { key, expression } of questions) {
      keys.push(key);
      const value = values.get(key);
      if (value === undefined && lacking.length > 0) unasked.set(key, lacking.join(' '));
      else if (value === undefined) absent.add(key);
      else table.set(key, { value, ...found?.get(expression) });
    }
  };
  const { compiler, platform } = column;
  for (const { headers, questions, documented } of sheetsOf(subjects, platform)) {
    const names = questions.map(question => question.expression);
    const found = documented && comments ? definitions(compiler, headers, names) : undefined;
    file(questions, probe(compiler, headers, questions), found);
  }
  for (const subject of subjects) {
    const headers = subject.guids?.headers[platform];
    if (headers !== undefined)
      file(guidsOf(subject).flatMap(guidQuestions), askGuids(compiler, headers, guidsOf(subject)));
  }
  return { keys, table, absent, unasked };
}

type Definitions = ReadonlyMap<string, Definition>;

interface Sheet {
  readonly headers: readonly string[];
  readonly questions: readonly Question[];
  readonly documented: boolean;
}

/** Questions that share headers are compiled together. */
function sheetsOf(subjects: readonly Subject[], platform: Platform): Sheet[] {
  const sheets = new Map<
    string,
    { headers: readonly string[]; questions: Question[]; documented: boolean }
  >();
  const put = (
    headers: readonly string[] | undefined,
    questions: readonly Question[],
    documented: boolean,
  ) => {
    if (headers === undefined || headers.length === 0 || questions.length === 0) return;
    const key = `${documented} ${headers.join(' ')}`;
    const sheet = sheets.get(key) ?? { headers, questions: [], documented };
    sheet.questions.push(...questions);
    sheets.set(key, sheet);
  };
  for (const subject of subjects) {
    for (const group of subject.groups.filter(group => !group.absent))
      put(headersOf(subject, group, platform), questionsOf(group), true);
    if (platform !== platformOf(subject)) continue;
    for (const struct of subject.structs ?? [])
      put(structHeaders(subject, struct), measuresOf(struct), false);
  }
  return [...sheets.values()];
}

function headersOf(subject: Subject, group: Group, platform: Platform): readonly string[] | undefined {
  return headersFor(group.headers, platform) ?? headersFor(subject.headers, platform);
}

function structHeaders(subject: Subject, struct: Struct): readonly string[] | undefined {
  return struct.headers ?? subject.headers[platformOf(subject)];
}

function platformOf(subject: Subject): Platform {
  return subject.platform ?? 'linux';
}

function guidQuestions(guid: Constant): Question[] {
  return guidKeysOf(guid).map(key => ({ key, expression: key }));
}

function questionsOf(group: Group): Question[] {
  return constantsOf(group).map(({ name, expression }) => ({ key: name, expression }));
}
