/**
 * A plugin of TypeDoc for the site. Guides have the names of their titles and the addresses of their files, in the groups of
 * site/guides.mjs. Modules have the names that programs import.
 */
import { Converter, StructureRouter } from 'typedoc';
import { groupOf } from './guides.mjs';

/** The file of each document in docs, without `.md`. */
const files = new WeakMap();

/** The address of a document: its path below docs or src, without README. */
const addressOf = name => name.replace(/^(docs|src)\//, '').replace(/^(families\/\w+)\/README$/, '$1');

/** The title of a page of Markdown: its first heading, as plain text. */
function titleOf(markdown) {
  const [, heading] = /^# (.+)$/m.exec(markdown) ?? [];
  return heading?.replaceAll('`', '');
}

class SiteRouter extends StructureRouter {
  getIdealBaseName(reflection) {
    return files.get(reflection) ?? `api/${super.getIdealBaseName(reflection)}`;
  }
}

function nameModules({ project }) {
  for (const module of project.children ?? [])
    module.name = module.name === 'index' ? 'berkeley' : `berkeley/${module.name}`;
}

export function load(app) {
  app.renderer.defineRouter('site', SiteRouter);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const address = addressOf(document.name);
    files.set(document, address);
    document.frontmatter.group = groupOf(address);
    document.name = titleOf(document.content.map(({ text }) => text).join('')) ?? document.name;
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, nameModules);
}
