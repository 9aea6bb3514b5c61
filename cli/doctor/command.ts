/** `berkeley doctor`: what this runtime and this kernel have, and what to do about what they lack. */
import type { Command } from 'commander';
import type { Run } from '../context.js';
import { doctor } from './doctor.js';

export interface DoctorOptions {
  readonly json?: true;
}

export function addDoctor(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('print what this runtime and kernel have, with the remedy for what they lack')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code: 1 if the binary of the package does not load, otherwise 0.')
    .action((options: DoctorOptions, command: Command) => run(command, context => doctor(options, context)));
}
