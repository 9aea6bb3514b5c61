/** The programs of the guide to CAN run on vcan0, and print what it shows. `npm run test:vm` has CAN. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { places } from './places.js';
import { allPrograms, CompiledPrograms, checkOutput } from './programs.js';

const compiled = new CompiledPrograms(allPrograms().filter(({ place }) => place === 'can'));
after(() => compiled.remove());

test('there are programs', () => assert.ok(compiled.programs.length >= 5));

describe('programs of guides on a CAN bus', { skip: places.can.skip }, () => {
  before(() => compiled.strip()); // code.test.ts checks the types

  for (const program of compiled.programs) {
    test(program.name, async () => checkOutput(program, await compiled.play(program)));
  }
});
