/**
 * usage: npm run proof             takes what the last runs of the tests recorded, and writes the table of families
 *        npm run proof -- --check  only says whether the table is what docs/families.json says
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../tables/root.js';
import { familiesPage, isProved, readmeWith, writeFamilies } from './pages.js';
import { formatProof, merge, readProof, readResults, recordFile } from './record.js';
import { subjects } from './subjects.js';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const proof = merge(readProof(), values.check ? [] : readResults());
const files = new Map([
  [recordFile, formatProof(proof)],
  [familiesPage, writeFamilies(proof)],
  ['README.md', readmeWith(proof, read('README.md'))],
]);

if (values.check) {
  const unlike = [...files].filter(([file, text]) => read(file) !== text);
  for (const [file] of unlike) console.error(`${file}: not what ${recordFile} says; run npm run proof`);
  process.exitCode = unlike.length === 0 ? 0 : 1;
} else {
  for (const [file, text] of files) writeFileSync(join(root, file), text);
}
for (const subject of subjects().filter(subject => !isProved(proof, subject)))
  console.log(`${subject.name} is unproved: npm test, npm run test:vm, then npm run proof`);
