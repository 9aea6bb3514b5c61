/**
 * A plugin of TypeDoc for the site. Guides have the names of their titles and the addresses of their files, in the groups of
 * site/guides.mjs. Modules have the names that programs import.
 */
import { posix } from 'node:path';
import { Converter, RendererEvent, StructureRouter } from 'typedoc';
import { groupOf, groupOrder, guides } from './guides.mjs';
import { removeTimeLimit } from './highlight.mjs';

/** The file of each document in docs, without `.md`. */
const files = new WeakMap();

/** The address of a document: its path below docs or src, without README. */
const addressOf = name => name.replace(/^(docs|src)\//, '').replace(/^(families\/\w+)\/README$/, '$1');

/** The title of a page of Markdown: its first heading, as plain text. */
function titleOf(markdown) {
  const [, heading] = /^# (.+)$/m.exec(markdown) ?? [];
  return heading?.replaceAll('`', '');
}

/**
 * Makes code in headings plain text, in the parts of a document. TypeDoc leaves code out of the list “On This Page”
 * (its markdown-it plugin reads text tokens only).
 */
function plainHeadings(parts) {
  let line = ''; // the beginning of the current line
  return parts.map(part => {
    const isHeading = /^#{1,6} /.test(line);
    const text = part.kind === 'code' && isHeading ? part.text.replaceAll('`', '') : part.text;
    const start = part.text.lastIndexOf('\n') + 1;
    line = start > 0 ? part.text.slice(start) : line + part.text;
    return text === part.text ? part : { kind: 'text', text };
  });
}

class SiteRouter extends StructureRouter {
  getIdealBaseName(reflection) {
    return files.get(reflection) ?? `api/${super.getIdealBaseName(reflection)}`;
  }
}

/** Names modules as programs import them. TypeDoc names them by their files, relative to the root. */
function nameModules({ project }) {
  for (const module of project.children ?? [])
    module.name = posix.join('berkeley', module.name.replace(/^(src\/)?index$|^src(?=\/|$)/, ''));
}

/** Returns a comparison that sorts by the place in a list. What is not in it comes last, in the order in which it is. */
function byPlace(list, nameOf) {
  const place = item => {
    const index = list.indexOf(nameOf(item));
    return index < 0 ? list.length : index;
  };
  return (a, b) => place(a) - place(b);
}

/** Sorts the navigation: the groups, and the guides of each group. */
function sortNavigation({ project }) {
  project.groups?.sort(byPlace(groupOrder, ({ title }) => title));
  for (const { children } of project.groups ?? []) children.sort(byPlace(guides, child => files.get(child)));
}

export async function load(app) {
  await removeTimeLimit();
  app.renderer.on(RendererEvent.BEGIN, sortNavigation);
  app.renderer.defineRouter('site', SiteRouter);
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const address = addressOf(document.name);
    files.set(document, address);
    document.frontmatter.group = groupOf(address);
    document.content = plainHeadings(document.content);
    document.name = titleOf(document.content.map(({ text }) => text).join('')) ?? document.name;
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, nameModules);
}
