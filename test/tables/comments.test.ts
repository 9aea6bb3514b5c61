/** The comment of a constant is a meaningful sentence, not a fragment of a header. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidy } from '../../tables/comments.js';
import { constantsOf } from '../../tables/subject.js';
import { subjects } from '../../tables/subjects/index.js';
import { Columns } from '../../tables/table.js';
import { saidOf } from '../../tables/write-constants.js';

const columns = new Columns();
const said = subjects
  .flatMap(subject => subject.groups.flatMap(constantsOf))
  .map(constant => [constant.name, saidOf(constant, columns.row(constant.name))] as const);

/** The names for which `says` returns false. */
function exceptions(says: (text: string) => boolean): string[] {
  return said.filter(([, text]) => !says(text)).map(([name, text]) => `${name}: ${text}`);
}

test('it starts with a capital, a number or a name, and ends like a sentence', () => {
  assert.deepEqual(
    exceptions(text => /^(["“]?[A-Z0-9]|\w+\(\) |ioctl: ).*[^\s:,;(.]\.$/.test(text)),
    [],
  );
});

test('it does not depend on its header', () => {
  const debris = /__|\bsysfs\b|@|APPLE:|NOT AN|\bdraft-|^(Rfc|Struct|Int|Bool)\b|\/\*|\*\//;
  assert.deepEqual(
    exceptions(text => !debris.test(text)),
    [],
  );
});

test('comments of headers without information are left out', () => {
  const taken: readonly (readonly [comment: string, says: string | undefined])[] = [
    [' sysfs ', undefined],
    [' __volatile__ ', undefined],
    ['* Deprecated.', undefined],
    [' time exceeded, code:  ', undefined],
    [' Mobitex (kaz@cafe.net) ', undefined],
    [' 1A for ArcNet :-) ', undefined],
    ['!< bool; hop-by-hop option', 'hop-by-hop option'],
    [' int; set/get security policy ', 'set/get security policy'],
    [' APPLE: Retain unread data ', 'Retain unread data'],
    [
      ' 5.3.4 SCTP Send Information Structure (SCTP_SNDINFO) ',
      'SCTP Send Information Structure (SCTP_SNDINFO)',
    ],
    [' Ethertype DSA [ NOT AN OFFICIALLY REGISTERED ID ] ', 'Ethertype DSA (not registered)'],
    [' Management component\n * transport protocol. ', 'Management component transport protocol'],
    [' PROFINET ', 'PROFINET'],
    [' 0x10 ', undefined],
  ];
  for (const [comment, says] of taken) assert.equal(tidy(comment), says, comment);
});
