/** Sends entries to the journal of the system. journal.test.ts runs it. */
import { Journal } from 'berkeley/activation';

const journal = new Journal();
await journal.send({ BERKELEY: 1, MESSAGE: 'two\nlines', PRIORITY: 3, PEER: ['a', 'b'] });
await journal.send({ BERKELEY: 1, MESSAGE: 'x'.repeat(500_000) });
journal.sendSync({ BERKELEY: 1, MESSAGE: Uint8Array.of(0, 1, 255) });
journal.close();
