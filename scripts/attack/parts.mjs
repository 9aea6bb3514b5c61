// The parts of `npm run test:attack`, in the order in which they run. The program of a part is
// test/attack/<name>/main.ts.

/**
 * Each part, with the sentence that introduces its figures in docs/reliability.md. `short` has the arguments of a run that
 * takes about a minute.
 */
export const parts = [
  {
    name: 'faults',
    title: 'Fault injection',
    short: ['--share', '0.1'],
    about:
      'Each call of the addon to the C library fails in turn, with each error that its man page and POSIX list, under a program per public operation.',
  },
  {
    name: 'fuzz',
    title: 'Fuzzing',
    about: 'Random bytes for every reader of bytes, and random arguments for every public function.',
  },
  {
    name: 'model',
    title: 'Model checking',
    about: 'Random interleavings of calls and events, compared with a model of the engine.',
  },
  {
    name: 'load',
    title: 'Load',
    about: 'Many connections, slow and stopped peers, floods, and workers that end during a call.',
  },
  {
    name: 'security',
    title: 'Security',
    about: 'Memory that is sent or received, inherited descriptors, credentials, and permissions.',
  },
];
