/**
 * Removes the time limit of the highlighter. TypeDoc's highlighter stops after half a second per line and gives the rest of the
 * line one colour (tokenizeTimeLimit of @shikijs/core). The first lines of the first program take that long on a busy machine.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const NO_LIMIT = 0;

export async function removeTimeLimit() {
  // It is a dependency of TypeDoc, which shares one copy of it.
  const typedoc = createRequire(import.meta.url).resolve('typedoc');
  const path = createRequire(typedoc).resolve('@gerrit0/mini-shiki');
  const { bundledLanguages, createOnigurumaEngine, createShikiInternal, loadBuiltinWasm } = await import(
    pathToFileURL(path)
  );
  await loadBuiltinWasm();
  const engine = await createOnigurumaEngine();
  const highlighter = await createShikiInternal({ engine, themes: [], langs: [bundledLanguages.ini] });
  const grammar = Object.getPrototypeOf(highlighter.getLanguage('ini'));
  const { tokenizeLine2 } = grammar;
  grammar.tokenizeLine2 = function (line, state) {
    return tokenizeLine2.call(this, line, state, NO_LIMIT);
  };
}
