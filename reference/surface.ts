/**
 * The public surface as TypeDoc reads it from the sources: declared types, and their comments.
 * `typedoc.json` names the modules; a test compares it with what package.json exports.
 */
import { join } from 'node:path';
import {
  Application,
  type DeclarationReflection,
  Logger,
  LogLevel,
  type ProjectReflection,
  ReflectionKind,
  TSConfigReader,
  TypeDocReader,
} from 'typedoc';
import { root } from '../tables/root.js';

export interface Surface {
  readonly project: ProjectReflection;
  /** TypeDoc's complaints: symbols without a comment, broken links, types that have no public name. */
  readonly warnings: readonly string[];
}

/** Complaints of TypeDoc that are not justified. */
const settled = [
  // In a clone without a remote, links to sources have no target. Only build/api has such links.
  /^The provided git remote ".*" was not valid/,
  // The named type documents its anonymous members.
  /__type\.\S+ \(Property\).* does not have any documentation/,
  // The comment of a method is above its first signature, and describes the parameters of all.
  /has an @param with name ".*", which was not used/,
];

class Listener extends Logger {
  readonly heard: string[] = [];

  override log(message: string, level: LogLevel): void {
    if (level >= LogLevel.Warn && !settled.some(pattern => pattern.test(message))) this.heard.push(message);
  }
}

export async function readSurface(): Promise<Surface> {
  const readers = [new TypeDocReader(), new TSConfigReader()];
  const app = await Application.bootstrap({ options: join(root, 'typedoc.json') }, readers);
  const listener = new Listener();
  app.logger = listener;
  const project = await app.convert();
  if (project === undefined)
    throw new Error(`TypeDoc cannot read the sources:\n${listener.heard.join('\n')}`);
  app.validate(project);
  return { project, warnings: listener.heard };
}

/** The exports of a module or namespace, in the order of the sources. */
export function exportsOf(
  { project }: Surface,
  ...path: readonly string[]
): readonly DeclarationReflection[] {
  const found = project.getChildByName([...path]) as DeclarationReflection | undefined;
  if (found === undefined) throw new Error(`typedoc.json names no module that has ${path.join('.')}`);
  return found.children ?? [];
}

/** The groups of options, which `berkeley/options` exports as namespaces. */
export function namespacesOf(surface: Surface, module: string): readonly DeclarationReflection[] {
  return exportsOf(surface, module).filter(one => one.kind === ReflectionKind.Namespace);
}
