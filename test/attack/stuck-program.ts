/** A part with a scene that blocks its thread, for part.test.ts. */
import { spawn } from 'node:child_process';
import { attack } from './part.js';

await attack('stuck', {
  blocks: {
    about: 'Starts a process, and blocks.',
    limit: 2,
    async run(trial) {
      trial.figure('pid', spawn('sleep', ['1000'], { stdio: 'ignore' }).pid!);
      trial.expect(false, 'a failure before');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
  },
  works: {
    about: 'Works.',
    limit: 60,
    run: async trial => trial.compare('berkeley', 'amount', 7, 'MiB'),
  },
  throws: {
    about: 'Throws.',
    limit: 60,
    run: () => Promise.reject(new Error('on purpose')),
  },
  crashes: {
    about: 'Ends its process.',
    limit: 60,
    run: async () => process.kill(process.pid, 'SIGKILL') as never,
  },
});
