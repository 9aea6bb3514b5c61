/**
 * Reads what the top level of a file of the bundler consists of. The bundler writes one declaration per statement, and
 * accesses an export of another file as `require_other.name`.
 */
import { parseSync } from 'rolldown/utils';

/**
 * @typedef {object} Program
 * @property {string} fileName
 * @property {string} code
 * @property {object} ast
 * @property {{ local: string, path: string, statement: object }[]} required the variables that have exports of another file
 * @property {{ path: string, statement: object }[]} effects the files that are required for their effects
 * @property {{ local: string, statement: object }[]} wrapped the modules of Node.js around which the bundler puts an object
 * @property {{ name: string, value: object, statement: object }[]} exported
 * @property {Map<string, number>} functions their `length` by name
 * @property {Set<string>} classes
 * @property {Set<string>} variables those that can change
 * @property {Map<string, string[]>} namespaces the names of the exports of a module, by the variable that has them as an object
 */

const isNamed = (node, name) => node?.type === 'Identifier' && node.name === name;

/** A string without substitutions, which the bundler writes with any quotes. */
function stringOf(node) {
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
  return typeof node?.value === 'string' ? node.value : undefined;
}

/** The path that a call of `require` names; undefined if it is something else. */
function pathOf(node) {
  if (node?.type !== 'CallExpression' || !isNamed(node.callee, 'require')) return undefined;
  return stringOf(node.arguments[0]);
}

/** The `length` of a function: the number of parameters before the first that is optional. */
function lengthOf(params) {
  const first = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return first < 0 ? params.length : first;
}

/** The names of a call such as `exportAll({ so: () => so, tcp: () => tcp })`; undefined if it is something else. */
function namespaceOf(node) {
  if (node?.type !== 'CallExpression') return undefined;
  const [object] = node.arguments;
  const { properties = [] } = object?.type === 'ObjectExpression' ? object : {};
  const isGetter = ({ value }) => value?.type === 'ArrowFunctionExpression' && value.params.length === 0;
  if (properties.length === 0 || !properties.every(isGetter)) return undefined;
  return properties.map(({ key }) => key.name ?? stringOf(key));
}

/** The variable that the getter of a property returns. */
function returnedBy(descriptor) {
  const getter = descriptor?.properties?.find(({ key }) => key.name === 'get')?.value;
  return getter?.body?.body?.[0]?.argument;
}

const calls = {
  /** An export that the bundler takes for one that can change. */
  'Object.defineProperty': ({ arguments: [object, key, descriptor] }, statement, program) => {
    const name = stringOf(key);
    if (!isNamed(object, 'exports') || name === undefined) return;
    const value = returnedBy(descriptor);
    if (value === undefined) throw new Error(`${program.fileName} exports ${name} in an unknown form`);
    program.exported.push({ name, value, statement });
  },
};

/** What a statement with an expression does, by the type of the expression. */
const expressions = {
  AssignmentExpression({ left, right }, statement, program) {
    if (left.type === 'MemberExpression' && isNamed(left.object, 'exports'))
      program.exported.push({ name: left.property.name, value: right, statement });
    else if (right.type === 'CallExpression' && isNamed(right.arguments[0], left.name))
      program.wrapped.push({ local: left.name, statement });
  },
  CallExpression(call, statement, program) {
    const path = pathOf(call);
    if (path !== undefined) program.effects.push({ path, statement });
    const { object, property } = call.callee;
    calls[`${object?.name}.${property?.name}`]?.(call, statement, program);
  },
};

/** Whether a variable has what the bundler assigns once, to a `var`. */
function isFixed(init) {
  return /^(Class|ArrowFunction|Call)Expression$/.test(init?.type);
}

const statements = {
  FunctionDeclaration: ({ id, params }, program) => program.functions.set(id.name, lengthOf(params)),
  ClassDeclaration: ({ id }, program) => program.classes.add(id.name),
  ExpressionStatement: (statement, program) =>
    expressions[statement.expression.type]?.(statement.expression, statement, program),
  VariableDeclaration(statement, program) {
    for (const { id, init } of statement.declarations) {
      const path = pathOf(init);
      const names = namespaceOf(init);
      if (path !== undefined) program.required.push({ local: id.name, path, statement });
      if (names !== undefined) program.namespaces.set(id.name, names);
      if (init?.type === 'ClassExpression') program.classes.add(id.name);
      if (statement.kind !== 'const' && !isFixed(init)) program.variables.add(id.name);
    }
  },
};

/** Exports are read once, so that none may be a variable that changes. */
function assertConstant({ fileName, exported, variables }) {
  const changing = exported.find(({ value }) => variables.has(value.name));
  if (changing !== undefined) throw new Error(`${fileName} exports ${changing.value.name}, which can change`);
}

/** @returns {Program} */
export function readProgram({ fileName, code }) {
  const { program: ast, errors } = parseSync(fileName, code, { sourceType: 'script' });
  if (errors.length > 0) throw new Error(`${fileName}: ${errors[0].message}`);
  const lists = { required: [], effects: [], wrapped: [], exported: [] };
  const program = {
    fileName,
    code,
    ast,
    ...lists,
    functions: new Map(),
    classes: new Set(),
    namespaces: new Map(),
    variables: new Set(),
  };
  for (const statement of ast.body) statements[statement.type]?.(statement, program);
  assertConstant(program);
  return program;
}
