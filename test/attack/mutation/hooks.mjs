// Resolves the modules of the sandbox anew for each mutant, and node:test to the collector. See runner.mjs.

const collector = new URL('./collector.mjs', import.meta.url).href;

/** The resolve hook of `module.register`: the query of a module is passed on to the modules that it imports. */
export async function resolve(specifier, context, next) {
  if (specifier === 'node:test') return { url: collector, shortCircuit: true };
  const found = await next(specifier, context);
  const generation = /\?generation=\d+$/.exec(context.parentURL ?? '');
  const isOurs = found.url.startsWith('file:') && !found.url.includes('/node_modules/');
  if (generation === null || !isOurs || found.format === 'commonjs' || found.url.includes('?')) return found;
  return { ...found, url: found.url + generation[0] };
}
