/** Closing: Winsock refuses to close a non-blocking socket with a linger time ("closesocket function", WSAEWOULDBLOCK). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { close, socketpair } from 'berkeley';
import { so } from 'berkeley/options';
import { countDescriptors, warmUp } from '../support/descriptors.js';
import { LOCAL } from '../support/local.js';

await warmUp();

describe('a socket with a linger time is closed', () => {
  for (const timeout of [null, 0, 1000]) {
    test(`with a timeout of ${timeout}, and its data arrives`, async () => {
      const before = countDescriptors();
      const [a, b] = socketpair(LOCAL);
      a.timeout = timeout;
      a.setOption(so.linger, { seconds: 2 });
      a.sendSync('the last words');
      a.close();
      assert.equal(String(await b.recv(100)), 'the last words');
      assert.equal((await b.recv(1)).length, 0);
      b.close();
      assert.equal(countDescriptors(), before);
    });
  }

  test('by its number as well', () => {
    const before = countDescriptors();
    const [a, b] = socketpair(LOCAL);
    a.setOption(so.linger, { seconds: 1 });
    close(a.detach());
    b.close();
    assert.equal(countDescriptors(), before);
  });
});
