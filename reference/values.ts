/** The structures of values, of options or control messages, with the description of each field. */
import { type DeclarationReflection, makeRecursiveVisitor, ReflectionKind, type SomeType } from 'typedoc';
import { saidOf } from './comments.js';
import { anchor, code, sentence, table } from './markdown.js';

/** The module whose types a page explains, such as `options`. */
export type Module = string;

function moduleOf(type: DeclarationReflection): string | undefined {
  return type.getFullName().split('.')[0];
}

/** The types of this module that a type refers to. */
function mentions(type: SomeType, module: Module): DeclarationReflection[] {
  const found: DeclarationReflection[] = [];
  const visitor = makeRecursiveVisitor({
    reference({ reflection }) {
      if (!reflection?.kindOf([ReflectionKind.Interface, ReflectionKind.TypeAlias])) return;
      const declaration = reflection as DeclarationReflection;
      if (moduleOf(declaration) === module) found.push(declaration);
    },
  });
  type.visit(visitor);
  return found;
}

/** All types that have to be explained, each once, in order of first use. */
export function valuesOf(types: readonly SomeType[], module: Module): readonly DeclarationReflection[] {
  const found = new Map<string, DeclarationReflection>();
  const add = (type: SomeType) => {
    for (const value of mentions(type, module)) {
      if (found.has(value.name)) continue;
      found.set(value.name, value);
      for (const inner of innerTypes(value)) add(inner);
    }
  };
  for (const type of types) add(type);
  return [...found.values()];
}

function innerTypes({ type, children = [] }: DeclarationReflection): SomeType[] {
  return [type, ...children.map(child => child.type)].filter(inner => inner !== undefined);
}

/** A type as code, which links to its explanation if it is only a name that has one. */
export function typeText(type: SomeType, explained: readonly DeclarationReflection[]): string {
  const text = code(type.toString());
  return explained.some(({ name }) => name === type.toString())
    ? `[${text}](#${anchor(type.toString())})`
    : text;
}

/** The section of a type. */
export function valueSection(
  value: DeclarationReflection,
  explained: readonly DeclarationReflection[],
): readonly string[] {
  const { name, type, children = [] } = value;
  const said = saidOf(value);
  const words = [
    ...(said === '' ? [] : [sentence(said)]),
    ...(type === undefined ? [] : [code(type.toString())]),
  ];
  const rows = children.map(field => [
    code(`${field.name}${field.flags.isOptional ? '?' : ''}`),
    field.type === undefined ? '' : typeText(field.type, explained),
    saidOf(field),
  ]);
  const fields = rows.length === 0 ? [] : [table(['field', 'type', 'what it is'], rows)];
  return [`### ${name}`, ...(words.length === 0 ? [] : [words.join('\n\n')]), ...fields];
}
