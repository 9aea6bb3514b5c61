/** Faults in the middle of a call: the binding's functions, each failing in turn. */
import { type Binding, binding } from '#src/binding.js';

/** How a system call fails: with an errno, or, for want of memory, with an exception. */
export type Fault = 'EIO' | 'exception';

const EIO = -5;

/** What has to work for a failure to be cleaned up, and what does not return a number. */
const spared =
  /^(close|disown|poller(Hold|Arm|Collect|Remove)|get(addr|name)info|gethostby.*|.*error|gai_strerror)$/;

type Functions = Record<string, (...call: unknown[]) => unknown>;

/** Runs `body` with the `index`th system call failing; returns how many were made, and what failed. */
export async function withFault(
  index: number,
  fault: Fault,
  body: () => unknown,
): Promise<{ readonly calls: number; readonly failed: string | undefined }> {
  const functions = binding as unknown as Functions;
  const originals: Functions = {};
  let calls = 0;
  let failed: string | undefined;
  for (const name of Object.keys(binding) as (keyof Binding)[]) {
    if (typeof binding[name] !== 'function' || spared.test(name)) continue;
    const original = functions[name]!;
    originals[name] = original;
    functions[name] = (...call) => {
      if (calls++ !== index) return original(...call);
      failed = name;
      if (fault === 'EIO') return EIO;
      throw new Error(`${name} has no memory`);
    };
  }
  try {
    await body();
  } finally {
    Object.assign(functions, originals);
  }
  return { calls, failed };
}
