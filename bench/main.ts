/** `npm run bench`: runs every question, or the named ones, and prints the answers. */
import { writeFileSync } from 'node:fs';
import { exitOnSignals } from './children.js';
import { Skipped } from './contestant.js';
import { startClock, within } from './deadline.js';
import { toJson } from './json.js';
import { describeMachine } from './machine.js';
import type { Answered } from './outcome.js';
import type { Question } from './question.js';
import { questions } from './questions/index.js';
import { writeReport } from './report.js';
import { readSettings, usage } from './settings.js';
import { format } from './table.js';

exitOnSignals();

const settings = readSettings();
const known = questions.map(question => question.name);
const unknown = settings.names.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no such question: ${unknown.join(', ')}\n${usage}\nquestions: ${known.join(', ')}`);
  process.exit(2);
}

const machine = describeMachine();
const answers: Answered[] = [];
const clock = startClock(settings.budget);
const asked = questions.filter(({ name }) => settings.names.length === 0 || settings.names.includes(name));
// A question that needs less than its share leaves the rest to the next ones.
for (const [i, question] of asked.entries()) await ask(question, clock.left() / (asked.length - i));
if (settings.json !== undefined) writeFileSync(settings.json, toJson(machine, answers));
if (settings.report) writeReport(machine, answers);

/** Prints the answer to a question, or why there is none, in which case the exit status is 1. */
async function ask(question: Question, seconds: number): Promise<void> {
  const { name, title } = question;
  console.log(`\n${title} (${name})`);
  try {
    const outcome = await within(Math.max(seconds, 0), share => question.answer(settings, share));
    answers.push({ name, title, outcome });
    console.log(format(outcome));
    const rounds = Math.min(...outcome.contestants.map(each => each.rounds.length));
    if (rounds < settings.rounds) console.log(`  ${rounds} of ${settings.rounds} rounds`);
    if (outcome.contestants.some(each => each.failure !== undefined)) process.exitCode = 1;
  } catch (error) {
    const isSkipped = error instanceof Skipped;
    console.log(`  ${isSkipped ? 'skipped' : 'not answered'}: ${(error as Error).message}`);
    if (!isSkipped) process.exitCode = 1;
  }
}
