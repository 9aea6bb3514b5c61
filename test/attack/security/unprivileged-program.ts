/** Runs every row of privileged.ts as nobody, and prints the codes of the errors; null for a row that succeeded. */
import { becomeNobody } from './nobody.js';
import { privileged } from './privileged.js';

function codeOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

becomeNobody();
console.log(
  JSON.stringify(
    privileged.map(({ run, isRequired }) => (isRequired?.() === false ? 'unneeded' : codeOf(run))),
  ),
);
