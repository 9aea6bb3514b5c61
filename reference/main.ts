/**
 * usage: npm run reference             writes docs/reference
 *        npm run reference -- --check  says which page is not what it should be; exit status 1 when one is not
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../tables/root.js';
import { differing } from './check.js';
import { generate } from './generate.js';
import { readSurface } from './surface.js';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const surface = await readSurface();
const pages = generate(surface);
const files = differing(pages);
if (values.check) {
  for (const warning of surface.warnings) console.error(warning);
  for (const file of files) console.error(`${file}: not what the sources say; run npm run reference`);
  process.exitCode = files.length + surface.warnings.length === 0 ? 0 : 1;
} else {
  for (const file of files) {
    const text = pages.get(file);
    if (text === undefined) rmSync(join(root, file));
    else {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    console.log(`${text === undefined ? 'removed' : 'wrote'} ${file}`);
  }
}
