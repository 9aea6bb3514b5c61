/** The order of the cases in one process, and which of them a run takes. */
import { type Case, casesFor, describeCase } from './cases.js';
import type { Control } from './control.js';
import { endsReactor, type Wakeup } from './ends-reactor.js';
import { play } from './play.js';
import { programs } from './programs/index.js';
import type { Form, Program } from './stage.js';

const FORMS: readonly Form[] = ['promise', 'Sync'];

/** Runs a program undisturbed until its calls are those that it makes every time. */
export async function countCalls(
  control: Control,
  program: Program,
  form: Form,
): Promise<Map<string, number>> {
  for (let i = 0; i < 2; i++) {
    const { failure } = await play(control, { program, form, fault: undefined }).catch(error => ({
      failure: error.stack,
    }));
    if (failure !== undefined) throw new Error(`${program.name}, ${form}, undisturbed: ${failure}`);
  }
  return control.counts();
}

/** One case of a program. */
export interface FaultedPart {
  readonly program: Program;
  readonly form: Form;
  readonly fault: Case;
}

/** Gives a case a limit, if its program waits or tries again after the fault. */
export function withLimit(fault: Case, program: Program): Case {
  return program.patient?.(fault.fault) === true ? { ...fault, needsLimit: true } : fault;
}

/** Returns whether a case makes sense: the fault can happen, and the program can end. */
export function isPossible({ program, fault }: FaultedPart): boolean {
  if (program.impossible?.faults.includes(`${fault.plan.slot}: ${fault.fault}`) === true) return false;
  return !(program.hasNoLimit === true && fault.needsLimit);
}

/** Describes a case in full. */
export function titleOf({ program, form, fault }: FaultedPart): string {
  return `${program.name}, ${form}: ${describeCase(fault)}`;
}

/** Which cases to play. */
interface Choice {
  readonly wakeup: Wakeup;
  readonly name: string;
  readonly titles?: readonly string[];
}

/** The programs of a choice. */
function chosen({ name, titles }: Choice): Program[] {
  return programs.filter(
    program =>
      program.name.includes(name) && (titles?.some(title => title.startsWith(`${program.name}, `)) ?? true),
  );
}

/**
 * Every case of a choice, except those that end the reactor of the thread.
 *
 * @param fail is told of a program that fails undisturbed, which has no cases
 */
export async function* allParts(
  control: Control,
  choice: Choice,
  fail: (error: unknown) => void,
): AsyncGenerator<FaultedPart> {
  for (const program of chosen(choice)) {
    for (const form of program.forms ?? FORMS) {
      const counts = await countCalls(control, program, form).catch(fail);
      for (const fault of casesFor(counts ?? new Map())) {
        const part = { program, form, fault: withLimit(fault, program) };
        if (!isPossible(part) || endsReactor(fault, form, choice.wakeup)) continue;
        if (choice.titles?.includes(titleOf(part)) ?? true) yield part;
      }
    }
  }
}
