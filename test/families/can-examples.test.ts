/** The CAN examples, each together with its Python counterpart, in both roles. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CAN_RAW } from 'berkeley';
import { needsCan, vcan } from '../support/can.js';
import { python, withoutPython } from '../support/python.js';
import { Child } from '../support/running.js';

const ours = (name: string): [string, string[]] => [
  process.execPath,
  [fileURLToPath(new URL(`../../examples/can-${name}.js`, import.meta.url)), vcan],
];

const theirs = (name: string): [string, string[]] => [
  python,
  [
    '-u',
    fileURLToPath(new URL(`../../../examples/python/can_${name.replace('-', '_')}.py`, import.meta.url)),
    vcan,
  ],
];

/** The output of each end of a conversation. The ends are named server and client. */
const conversations: Readonly<Record<string, { server: RegExp; client: readonly RegExp[] }>> = {
  '': {
    server: /Received: can_id=123, can_dlc=2, data=/,
    client: [/Received can_id=123, data=cafe/, /Received can_id=1, data=010203/],
  },
  'isotp-': { server: /Received 22f190/, client: [/Received WVWZZZ1JZXW000001/] },
  'j1939-': { server: /Received Hello, world from 81/, client: [/Received HELLO, WORLD/] },
};

describe('the CAN examples run', { skip: needsCan(CAN_RAW) || withoutPython }, () => {
  for (const [prefix, says] of Object.entries(conversations)) {
    for (const [cast, serving, asking] of [
      ['our server, their client', ours, theirs],
      ['their server, our client', theirs, ours],
    ] as const) {
      test(`${prefix}server and ${prefix}client: ${cast}`, async () => {
        await using server = new Child(...serving(`${prefix}server`));
        await server.prints(/Listening on vcan0/);
        const asked = await new Child(...asking(`${prefix}client`)).ends();
        for (const line of says.client) assert.match(asked, line);
        assert.match(await server.ends(), says.server);
      });
    }
  }

  for (const [language, program] of [
    ['ours', ours],
    ['theirs', theirs],
  ] as const) {
    test(`cyclic: ${language}`, async () => {
      assert.equal(await new Child(...program('cyclic')).ends(), 'Changed to 01\nChanged to 02\n');
    });
  }
});
