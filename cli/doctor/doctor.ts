/** The work of `berkeley doctor`. */
import process from 'node:process';
import type { Context } from '../context.js';
import { DONE, FAILED } from '../exit-code.js';
import type { Meaning, Output } from '../output.js';
import { columns } from '../table.js';
import { type CapabilityReport, reportCapabilities } from './capabilities.js';
import type { DoctorOptions } from './command.js';
import { type FamilyReport, reportFamilies } from './families.js';
import { type RuntimeReport, reportRuntime } from './runtime.js';
import { reportSysctls, type SysctlReport } from './sysctls.js';

/** Everything that the command finds. */
interface Diagnosis {
  readonly runtime: RuntimeReport;
  readonly families: readonly FamilyReport[];
  readonly capabilities: readonly CapabilityReport[];
  readonly sysctls: readonly SysctlReport[];
}

/** Runs `berkeley doctor`. */
export async function doctor({ json }: DoctorOptions, { output }: Context): Promise<number> {
  const diagnosis = await diagnose();
  if (json) output.json(diagnosis);
  else printDiagnosis(diagnosis, output);
  return diagnosis.runtime.problem === undefined ? DONE : FAILED;
}

async function diagnose(): Promise<Diagnosis> {
  const runtime = reportRuntime();
  return {
    runtime,
    families: runtime.problem === undefined ? await reportFamilies() : [],
    capabilities: reportCapabilities(),
    sysctls: reportSysctls(),
  };
}

function printDiagnosis({ runtime, families, capabilities, sysctls }: Diagnosis, output: Output): void {
  section(output, 'Runtime', runtimeLines(runtime));
  section(output, 'Sockets', familyLines(families, output));
  section(output, 'Capabilities', orUnreadable(capabilityLines(capabilities, output)));
  const settings = sysctls.map(({ name, value, meaning }) => [name, value, meaning]);
  section(output, 'Settings', orUnreadable(columns(settings)));
}

/** Every Linux has some: if there are none, the runtime does not permit to read them. */
function orUnreadable(lines: readonly string[]): readonly string[] {
  if (lines.length > 0 || process.platform !== 'linux') return lines;
  return ['unknown: /proc is not readable. Deno needs --allow-all'];
}

function section(output: Output, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  output.line(output.paint('title', title));
  for (const line of lines) output.line(`  ${line}`);
  output.line();
}

function runtimeLines(runtime: RuntimeReport): string[] {
  const system = [runtime.platform, runtime.kernel, runtime.libc].filter(part => part !== undefined);
  const size =
    runtime.size === undefined ? 'there is no such file' : `${Math.round(runtime.size / 1024)} KiB`;
  return [
    ...columns([
      ['berkeley', runtime.berkeley],
      ['runtime', runtime.runtime],
      ['system', system.join(', ')],
      ...(runtime.modules === undefined ? [] : [['modules', runtime.modules]]),
      ['binary', `${runtime.binary} (${size})`],
    ]),
    ...(runtime.problem?.split('\n') ?? []),
  ];
}

const marks: Readonly<Record<FamilyReport['state'], Meaning>> = {
  available: 'good',
  forbidden: 'warning',
  missing: 'faint',
};

function familyLines(families: readonly FamilyReport[], output: Output): string[] {
  const lines = columns(
    families.map(({ state, name, socket, remedy }) => [state, name, socket, remedy ?? '']),
  );
  return families.map(({ state }, at) => paintFirst(lines[at]!, state, marks[state], output));
}

function capabilityLines(capabilities: readonly CapabilityReport[], output: Output): string[] {
  const words = capabilities.map(({ held }) => (held ? 'held' : 'not held'));
  const lines = columns(capabilities.map(({ name, permits }, at) => [words[at]!, name, permits]));
  return capabilities.map(({ held }, at) =>
    paintFirst(lines[at]!, words[at]!, held ? 'good' : 'warning', output),
  );
}

/** Colours the word that a line begins with. Colours come after the alignment, which counts characters. */
function paintFirst(line: string, word: string, meaning: Meaning, output: Output): string {
  return output.paint(meaning, word) + line.slice(word.length);
}
