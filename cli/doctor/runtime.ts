/** The runtime, the C library and the binary that this process found. */
import { statSync } from 'node:fs';
import { release } from 'node:os';
import process from 'node:process';
import { binaryPath, finder, version } from '../package.js';
import { reportModules } from './modules.js';

/** What runs the package. */
export interface RuntimeReport {
  /** The version of the package. */
  readonly berkeley: string;
  /** `Node.js 24.1.0`. */
  readonly runtime: string;
  /** `linux x64`. */
  readonly platform: string;
  readonly kernel: string;
  /** `glibc` or `musl`; `undefined` on other systems. */
  readonly libc: string | undefined;
  /** Where the modules of the kernel are; `undefined` on other systems than Linux. */
  readonly modules: string | undefined;
  /** The name of the binary that this process needs. */
  readonly target: string;
  readonly binary: string;
  /** The size of the binary in bytes; `undefined` if there is none. */
  readonly size: number | undefined;
  /** Why the binary does not load; `undefined` if it does. */
  readonly problem: string | undefined;
}

export function reportRuntime(): RuntimeReport {
  const binary = binaryPath();
  return {
    berkeley: version(),
    runtime: runtimeName(),
    platform: `${process.platform} ${process.arch}`,
    kernel: release(),
    libc: process.platform === 'linux' ? finder.libc() : undefined,
    modules: reportModules(),
    target: finder.target(),
    binary,
    size: statSync(binary, { throwIfNoEntry: false })?.size,
    problem: loadProblem(),
  };
}

function runtimeName(): string {
  const { bun, deno, node } = process.versions;
  if (bun !== undefined) return `Bun ${bun}`;
  return deno === undefined ? `Node.js ${node}` : `Deno ${deno}`;
}

function loadProblem(): string | undefined {
  try {
    finder.load();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
