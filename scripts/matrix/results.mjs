// Parses the output of a runtime's test runner.

/**
 * @typedef {object} Results
 * @property {number} passed
 * @property {{ name: string, error: string }[]} failures
 */

/** @returns {Results} of Node.js's runner: tests of one file, in suites */
function readTap(text) {
  const passed = text.match(/^ {4}ok \d+ - (?!.*# SKIP)/gm)?.length ?? 0;
  const failures = [...text.matchAll(/^ {4}not ok \d+ - (.*)\n([\s\S]*?)^ {6}\.\.\.$/gm)];
  return { passed, failures: failures.map(([, name, error]) => ({ name, error })) };
}

/** @returns {Results} of `bun test`, which prints the output of a test before its line */
function readBun(text) {
  const failures = [];
  let said = '';
  for (const line of text.split('\n')) {
    const [, verdict, name] = /^\((pass|fail|skip)\) (.*?)(?: \[[\d.]+ms\])?$/.exec(line) ?? [];
    if (verdict === undefined) {
      if (/^\s*\d+ tests? failed:/.test(line)) break; // the failures are repeated at the end
      said += `${line}\n`;
      continue;
    }
    if (verdict === 'fail') failures.push({ name, error: said });
    said = '';
  }
  return { passed: text.match(/^\(pass\)/gm)?.length ?? 0, failures };
}

/** The number of tests that passed. The result of a suite follows those of its tests, which are indented more. */
function passedInDeno(text) {
  let passed = 0;
  let before = 0;
  for (const [, { length }, verdict] of text.matchAll(/^( *)\S.* \.\.\. (ok|FAILED|ignored)\b.*$/gm)) {
    if (verdict === 'ok' && length >= before) passed++;
    before = length;
  }
  return passed;
}

/** @returns {Results} of `deno test`, which prints all errors at the end, each below the full name of its test */
function readDeno(text) {
  const errors = text.split(/^ ERRORS $/m)[1]?.split(/^ FAILURES $/m)[0] ?? '';
  const heads = [...errors.matchAll(/^(.+?)(?: => \S+:\d+:\d+| \(uncaught error\))$/gm)];
  const failures = heads.map(({ 0: line, 1: name, index }, i) => ({
    name,
    error: errors.slice(index + line.length, heads[i + 1]?.index),
  }));
  return { passed: passedInDeno(text), failures };
}

/** @returns {Results} */
export function readResults(text, output) {
  return { tap: readTap, bun: readBun, deno: readDeno }[output](text);
}
