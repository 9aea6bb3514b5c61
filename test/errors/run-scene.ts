import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FamilyName, Socket } from 'berkeley';
import { SocketError } from 'berkeley';
import { failureOf } from '../support/failure.js';
import type { Scene } from './scenes.js';

/** Provokes the failure of a scene, and checks the error's message. */
export async function runScene(scene: Scene): Promise<SocketError> {
  const kept: Socket<FamilyName>[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-errors-'));
  try {
    const keep = <F extends FamilyName>(socket: Socket<F>): Socket<F> => {
      kept.push(socket as never);
      return socket;
    };
    const error = await failureOf(() => scene.provoke({ keep, folder }));
    assert.ok(error instanceof SocketError, String(error));
    assert.deepEqual([error.syscall, error.code], [scene.syscall, scene.code], error.message);
    assert.match(String(error.hint), scene.hint);
    assert.ok(error.message.endsWith(` (${error.hint})`), error.message);
    return error;
  } finally {
    for (const socket of kept) socket.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
