/** `npm run bench`: asks every question, or the named ones, prints the answers, and writes the report. */
import { writeFileSync } from 'node:fs';
import { summary } from './against.js';
import { exitOnSignals } from './children.js';
import { Skipped } from './contestant.js';
import { OutOfTime, startClock, within } from './deadline.js';
import { type Results, readResults, toJson } from './json.js';
import { describeMachine } from './machine.js';
import type { Answered } from './outcome.js';
import { root } from './paths.js';
import { raisePriority } from './priority.js';
import { linkPackage } from './published.js';
import { NO_TIME, type Question } from './question.js';
import { questions } from './questions/index.js';
import { writeReport } from './report.js';
import { readSettings, usage } from './settings.js';
import { format } from './table.js';
import { judge } from './target.js';

exitOnSignals();

/** The part of the budget that is shared out. The rest is for rounds that take longer than their question's share. */
const SHARED = 0.85;

const settings = readSettings();
const known = questions.map(question => question.name);
const unknown = settings.names.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no such question: ${unknown.join(', ')}\n${usage}\nquestions: ${known.join(', ')}`);
  process.exit(2);
}

const results = settings.from === undefined ? await measure() : readResults(settings.from);
if (settings.json !== undefined) writeFileSync(settings.json, toJson(results));
if (settings.report) {
  const [second, others] = [settings.second, settings.others].map(file => file && readResults(file));
  writeReport(results, { ...(second && { second }), ...(others && { others }) });
}

/** Whether a question is named, and with Bun and Deno also whether it is about them. */
function isAsked({ name, contestants }: Question): boolean {
  const isNamed = settings.names.length === 0 || settings.names.includes(name);
  return isNamed && (!settings.runtimes || contestants.some(({ runtime }) => runtime !== undefined));
}

/** Asks every question. */
async function measure(): Promise<Results> {
  const machine = describeMachine();
  linkPackage(root);
  raisePriority();
  const answers: Answered[] = [];
  const shared = startClock(settings.budget * SHARED);
  const run = startClock(settings.budget);
  const asked = questions.filter(isAsked);
  let weights = asked.reduce((sum, { weight }) => sum + weight, 0);
  // A question that needs less than its share leaves the rest to the next ones.
  for (const question of asked) {
    const share = (Math.max(shared.left(), 0) * question.weight) / weights;
    weights -= question.weight;
    const answer = await ask(question, share, run.left());
    if (answer !== undefined) answers.push(answer);
  }
  if (settings.base !== undefined) console.log(`\nbase: ${settings.base.name}\n${summary(answers)}`);
  return { ...machine, questions: answers };
}

/** Prints the answer to a question, or why there is none, in which case the exit status is 1. */
async function ask(question: Question, seconds: number, limit: number): Promise<Answered | undefined> {
  const { name, title } = question;
  console.log(`\n${title} (${name})`);
  try {
    if (startClock(0, limit).isOut) throw new Skipped(NO_TIME);
    const outcome = await within(seconds, share => question.answer(settings, share), { limit });
    const answer = { name, title, ...outcome, contestants: judge(outcome) };
    console.log(format(answer));
    tellRounds(answer, question.rounds ?? settings.rounds);
    if (answer.contestants.some(each => each.failure !== undefined)) process.exitCode = 1;
    return answer;
  } catch (error) {
    const isSkipped = error instanceof Skipped || error instanceof OutOfTime;
    const reason = error instanceof OutOfTime ? NO_TIME : (error as Error).message;
    console.log(`  ${isSkipped ? 'skipped' : 'not answered'}: ${reason}`);
    if (!isSkipped) process.exitCode = 1;
    return undefined;
  }
}

function tellRounds({ contestants }: Answered, wanted: number): void {
  const measured = contestants.filter(each => each.rounds.length > 0);
  const rounds = Math.min(...measured.map(each => each.rounds.length));
  if (rounds < wanted) console.log(`  ${rounds} of ${wanted} rounds`);
}
