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

/** @returns {Results} of `deno test` */
function readDeno(text) {
  const passed = text.match(/^ {2}.* \.\.\. (?:.*)ok \(.*\)$/gm)?.length ?? 0;
  const failures = [...text.matchAll(/^ {2}(.*?) \.\.\. .*FAILED.*$/gm)];
  return { passed, failures: failures.map(([line, name]) => ({ name, error: line })) };
}

/** @returns {Results} */
export function readResults(text, output) {
  return { tap: readTap, bun: readBun, deno: readDeno }[output](text);
}
