/** `npm run lint:prose`: prints the findings in the documentation. Arguments are path prefixes. */
import { type Finding, lint } from './lint.js';
import { allTexts } from './texts.js';

/** The directory under which a finding is counted: src/socket, docs, or the root. */
function folderOf({ file }: Finding): string {
  const parts = file.split('/').slice(0, -1);
  return parts.length === 0 ? 'the root' : parts.slice(0, 2).join('/');
}

function countByFolder(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const folder of findings.map(folderOf)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return counts;
}

const wanted = process.argv.slice(2);
const texts = allTexts().filter(
  ({ file }) => wanted.length === 0 || wanted.some(path => file.startsWith(path)),
);
const findings = texts.flatMap(lint);
for (const { file, line, message } of findings) console.log(`${file}:${line}: ${message}`);
for (const [folder, count] of countByFolder(findings)) console.log(`${count} in ${folder}`);
if (findings.length > 0) process.exitCode = 1;
