/** Makes a file of the package short, so that less is installed and parsed. */
import { minifySync, parseSync } from 'rolldown/utils';

/**
 * Names of functions and classes are kept for stacks and profiles; those of variables are not. No statement changes its
 * form.
 */
const options = {
  compress: false,
  mangle: { toplevel: true, keepNames: true },
  codegen: { removeWhitespace: true },
};

/** Puts each statement on a line of its own: Node.js prints the line of an error that nothing catches. */
function inLines(fileName, code) {
  const { program } = parseSync(fileName, code, { sourceType: 'script' });
  return program.body.map(({ start, end }) => code.slice(start, end)).join('\n');
}

/**
 * Escapes non-ASCII characters, which occur only in strings: V8 needs twice the memory for a file that
 * contains one.
 */
const ascii = code =>
  code.replace(/[^\0-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

export function minify(fileName, code) {
  const { code: short, errors } = minifySync(fileName, code, options);
  if (errors.length > 0) throw new Error(`${fileName}: ${errors[0].message}`);
  return `${ascii(inLines(fileName, short))}\n`;
}
