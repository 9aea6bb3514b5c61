// Builds the site: guides, tables and the reference of every function, with a search. Each version has a folder of its own,
// so that links to it stay valid; the page at the root leads to the newest.
//
//   usage: node scripts/site.mjs [--to <folder>]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { groups } from '../site/guides.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { to: { type: 'string', default: join(root, 'build/site') } } });
const { version, description, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = resolve(values.to);
const pages = join(folder, `v${version}`);

const typedoc = join(dirname(createRequire(import.meta.url).resolve('typedoc/package.json')), 'bin/typedoc');
rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
/** All entry points but `berkeley/constants`, whose thousands of names are in tables by subject. */
const entryPoints = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8'))
  .entryPoints.filter(path => path !== 'src/constants.ts')
  .flatMap(path => ['--entryPoints', join(root, path)]);
/** Links to the sources of this version. They do not depend on the clone that builds the site. */
const sources = [
  ...['--disableGit', '--gitRevision', `v${version}`, '--basePath', root],
  ...[
    '--sourceLinkTemplate',
    `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/{gitRevision}/{path}#L{line}`,
  ],
];
const options = ['--options', join(root, 'site/typedoc.json'), ...entryPoints, ...sources, '--out', pages];
execFileSync(process.execPath, [typedoc, ...options, '--logLevel', 'Error'], { cwd: root, stdio: 'inherit' });

/** The page at the root. */
const redirect = `<!doctype html>
<meta charset="utf-8">
<title>berkeley</title>
<meta http-equiv="refresh" content="0; url=v${version}/index.html">
<a href="v${version}/index.html">berkeley ${version}</a>
`;
writeFileSync(join(folder, 'index.html'), redirect);

/** The text of a node of Markdown. */
const textOf = node => node.value ?? (node.children ?? []).map(textOf).join('');

/** The title and the first sentence of a guide, as plain text. */
function summaryOf(name) {
  const { children } = unified().use(remarkParse).parse(read(name));
  const title = children.find(({ type }) => type === 'heading');
  const paragraphs = children.filter(({ type }) => type === 'paragraph').map(textOf);
  const paragraph = paragraphs.find(text => text !== '')?.replaceAll('\n', ' ') ?? ''; // the first can be an image
  return { title: textOf(title ?? {}), sentence: /^.*?\.(?= |$)/.exec(paragraph)?.[0] ?? paragraph };
}

const read = name => readFileSync(join(root, 'docs', `${name}.md`), 'utf8');

/** An index for language models: https://llmstxt.org. */
function llms() {
  const lists = groups.map(([group, names]) => {
    const lines = names.map(name => {
      const { title, sentence } = summaryOf(name);
      return `- [${title}](v${version}/${name}.html): ${sentence}`;
    });
    return [`## ${group}`, ...lines].join('\n');
  });
  return ['# berkeley', `> ${description}`, ...lists, ''].join('\n\n');
}

writeFileSync(join(folder, 'llms.txt'), llms());
// All guides in one file, for programs that read text.
writeFileSync(join(folder, 'llms-full.txt'), groups.flatMap(([, names]) => names.map(read)).join('\n\n'));
