/** `npm run bench`: asks every question, or those that are named, and prints what came out. */
import { questions } from './questions/index.js';
import { readSettings, usage } from './settings.js';
import { format } from './table.js';

// So that the folder of the run is removed then too.
process.once('SIGINT', () => process.exit(130));

const settings = readSettings();
const known = questions.map(question => question.name);
const unknown = settings.names.filter(name => !known.includes(name));
if (unknown.length > 0) {
  console.error(`no such question: ${unknown.join(', ')}\n${usage}\nquestions: ${known.join(', ')}`);
  process.exit(2);
}

for (const question of questions) {
  if (settings.names.length > 0 && !settings.names.includes(question.name)) continue;
  console.log(`\n${question.title} (${question.name})`);
  console.log(format(await question.answer(settings)));
}
