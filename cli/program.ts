/** The command line of `berkeley`: its commands, in one program. */
import { Command } from 'commander';
import type { AddCommand, Run } from './context.js';
import { addDoctor } from './doctor/command.js';
import { addDump } from './dump/command.js';
import { addMonitor } from './monitor/command.js';
import { addNc } from './nc/command.js';
import { addPing } from './ping/command.js';
import { addSs } from './ss/command.js';
import { addTrace } from './trace/command.js';

const commands: readonly AddCommand[] = [addDoctor, addSs, addMonitor, addPing, addTrace, addNc, addDump];

/** Creates the program. */
export function createProgram(version: string, run: Run): Command {
  const program = new Command('berkeley')
    .description('Berkeley sockets from the command line')
    .version(version)
    .exitOverride();
  for (const add of commands) add(program, run);
  for (const command of [program, ...program.commands]) {
    const name = command === program ? '' : `${command.name()} `;
    command.showHelpAfterError(`usage: berkeley ${name}${command.usage()}`);
  }
  return program;
}
