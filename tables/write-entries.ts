/** Writes the modules that only export constants: `src/constants.ts` has all, `src/constants/root.ts` those of `berkeley`. */
import { rootNamesIn } from './root-names.js';
import type { Subject } from './subject.js';
import { subjects } from './subjects/index.js';
import { banner } from './write-constants.js';

const generated = subjects.filter(subject => subject.constants !== undefined);

/** `berkeley/constants`. */
export function writeAll(): string {
  const about = [
    '/**',
    ' * Every constant of the package: `berkeley/constants`. The names are those of the C headers.',
    ' *',
    ' * `berkeley` exports those that Python’s socket module has and those that `new Socket` takes.',
    ' *',
    ' * @packageDocumentation',
    ' */',
  ];
  const lines = generated.map(subject => `export * from '${moduleOf(subject, './')}';`);
  return [banner('Every constant.'), ...about, '', ...lines.sort(), ''].join('\n');
}

/** What `berkeley` exports of them, by name, so that editors find the declarations. */
export function writeRoot(): string {
  const lines = generated.flatMap(subject => {
    const names = rootNamesIn(subject);
    return names.length === 0
      ? []
      : [`export { ${names.sort().join(', ')} } from '${moduleOf(subject, '../')}';`];
  });
  return [banner('The constants that `berkeley` exports.'), ...lines, ''].join('\n');
}

function moduleOf({ constants }: Subject, up: string): string {
  return constants!
    .replace(/^src\//, up)
    .replace(/\.ts$/, '.js')
    .replace('../constants/', './');
}
