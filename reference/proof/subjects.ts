/** What has to be proved: each family that has a subject, and the protocols over IP that are no families of their own. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tables/root.js';
import { Columns, platforms } from '../../tables/table.js';
import { title } from '../../tables/write-constants.js';
import { CONFORMANCE } from './record.js';

/** Tests: those of a file, or those of it whose names match. */
export interface Evidence {
  readonly file: string;
  readonly tests?: RegExp | undefined;
  /** What is counted, where it is not tests. */
  readonly unit?: string | undefined;
}

export interface Subject {
  /** `AF_CAN`; of a protocol, its name. */
  readonly name: string;
  /** The family's subject. */
  readonly subject: string;
  /** The tests that prove it. */
  readonly tests: readonly Evidence[];
  /** Tests that are the same for several families. */
  readonly more: readonly Evidence[];
  /** Where no Linux has it, the systems that do: what can be proved here is that its addresses are what they should be. */
  readonly onlyOn?: string | undefined;
}

const FAMILIES = 'src/families';
const TESTS = 'test/families';

/** The protocols over IP: their name, and what the names of their tests' files begin with. */
const protocols: readonly {
  readonly name: string;
  readonly family: string;
  readonly files: readonly string[];
}[] = [
  { name: 'raw IP, ICMP', family: 'inet', files: ['raw', 'raw6'] },
  { name: 'UDP-Lite', family: 'inet', files: ['udplite'] },
  { name: 'Multipath TCP', family: 'inet', files: ['mptcp'] },
  { name: 'SCTP', family: 'inet', files: ['sctp'] },
  { name: 'DCCP', family: 'inet', files: ['dccp'] },
];

/** The examples of all subjects. */
const EXAMPLES = `${TESTS}/subjects.test.ts`;

/** The addresses of the families that Linux has not. */
const ELSEWHERE = `${TESTS}/elsewhere.test.ts`;

/** The families that have a subject which registers them. */
export function families(): readonly string[] {
  const folders = readdirSync(join(root, FAMILIES));
  return folders.filter(folder => existsSync(join(root, FAMILIES, folder, 'index.ts'))).sort();
}

export function testFiles(): readonly string[] {
  return readdirSync(join(root, TESTS))
    .filter(file => file.endsWith('.test.ts'))
    .map(file => `${TESTS}/${file}`)
    .sort();
}

export function subjects(): readonly Subject[] {
  const columns = new Columns();
  const files = testFiles();
  return [
    ...families().map(family => familySubject(family, files, onlyOn(family, columns))),
    ...protocols.map(({ name, family, files: own }) => ({
      name,
      subject: `${FAMILIES}/${family}/README.md`,
      tests: files.filter(file => own.some(each => isOf(file, each))).map(file => ({ file })),
      more: [],
    })),
  ];
}

function familySubject(family: string, files: readonly string[], elsewhere: string | undefined): Subject {
  const name = `AF_${family.toUpperCase()}`;
  const own = files.filter(file => isOf(file, family)).map(file => ({ file }));
  return {
    name,
    subject: `${FAMILIES}/${family}/README.md`,
    tests: elsewhere === undefined ? own : [...own, { file: ELSEWHERE, tests: new RegExp(`^${name} `) }],
    more: [
      { file: EXAMPLES, tests: new RegExp(`› ${family}$`), unit: 'example of its page' },
      { file: CONFORMANCE, tests: new RegExp(`^${family} `), unit: 'suites' },
    ],
    onlyOn: elsewhere,
  };
}

/** `can.test.ts`, `can-raw.test.ts`. */
function isOf(file: string, family: string): boolean {
  return new RegExp(`^${TESTS}/${family}(-.*)?\\.test\\.ts$`).test(file);
}

function onlyOn(family: string, columns: Columns): string | undefined {
  const { values } = columns.row(`AF_${family.toUpperCase()}`);
  if (values.linux !== null) return undefined;
  return platforms
    .filter(platform => values[platform] !== null)
    .map(platform => title[platform])
    .join(' or ');
}
