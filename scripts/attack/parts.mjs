// The parts of `npm run test:attack`, in the order in which they run. The program of a part is
// test/attack/<name>/main.ts.

/**
 * Each part, with the sentence that introduces its figures in docs/reliability.md, and the limits of a normal and of a short
 * run in seconds: several times what it takes on two processors that do nothing else. Parts of scenes also have a limit for
 * each scene, so that these limits only matter if the part itself does not work.
 */
export const parts = [
  {
    name: 'faults',
    title: 'Fault injection',
    unit: 'cases',
    limit: 1500,
    shortLimit: 400,
    about:
      'Each call of the addon to the C library fails in turn, with each error that its man page and POSIX list, under a program per public operation. The seed chooses the cases where the share is not 1.',
  },
  {
    name: 'fuzz',
    title: 'Fuzzing',
    unit: 'inputs',
    limit: 900,
    shortLimit: 300,
    about: 'Random bytes for every reader of bytes, and random arguments for every public function.',
  },
  {
    name: 'model',
    title: 'Model checking',
    unit: 'scripts',
    limit: 900,
    shortLimit: 300,
    about:
      'Random interleavings of calls, events and time over a scripted kernel, compared with a model of the engine.',
  },
  {
    name: 'load',
    title: 'Load',
    limit: 2400,
    shortLimit: 600,
    about: 'Many connections, slow and stopped peers, floods, and workers that end during a call.',
  },
  {
    name: 'security',
    title: 'Security',
    limit: 1200,
    shortLimit: 600,
    about: 'Memory that is sent or received, inherited descriptors, credentials, and permissions.',
  },
];
