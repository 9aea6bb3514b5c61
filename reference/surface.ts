/**
 * The public surface as TypeDoc reads it from the sources: types as they are declared, and the comments beside them.
 * `typedoc.json` names the modules; a test holds it against what package.json exports.
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
  /** What TypeDoc finds amiss: symbols without a comment, links that lead nowhere, types that cannot be named outside. */
  readonly warnings: readonly string[];
}

/** What is as it should be, though TypeDoc thinks otherwise. */
const settled = [
  // A clone without a remote has nothing that the links to sources could lead to; only build/api has these links.
  /^The provided git remote ".*" was not valid/,
  // The type that has the name says what its nameless members are.
  /__type\.\S+ \(Property\).* does not have any documentation/,
  // The comment of a method stands above the first of its signatures, and speaks of the parameters of all.
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

/** What a module or namespace exports, in the order of the sources. */
export function exportsOf(
  { project }: Surface,
  ...path: readonly string[]
): readonly DeclarationReflection[] {
  const found = project.getChildByName([...path]) as DeclarationReflection | undefined;
  if (found === undefined) throw new Error(`typedoc.json names no module that has ${path.join('.')}`);
  return found.children ?? [];
}

/** The groups of options: what `berkeley/options` exports as namespaces. */
export function namespacesOf(surface: Surface, module: string): readonly DeclarationReflection[] {
  return exportsOf(surface, module).filter(one => one.kind === ReflectionKind.Namespace);
}
