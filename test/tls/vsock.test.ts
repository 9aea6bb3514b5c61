/** TLS over vsock, whose sockets Node.js cannot take over. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { VMADDR_CID_ANY, VMADDR_PORT_ANY } from 'berkeley';
import { VMADDR_CID_LOCAL } from 'berkeley/constants';
import { connectTls, createTlsServer } from 'berkeley/tls';
import { needsVsockLoopback } from '../support/vsock.js';
import { ca, server } from './certificates.js';
import { readAll } from './scene.js';

describe('over vsock', { skip: needsVsockLoopback }, () => {
  test('a server and a client, with addresses of the family', async () => {
    const any = { family: 'vsock', cid: VMADDR_CID_ANY, port: VMADDR_PORT_ANY } as const;
    const made = createTlsServer(server).listen({ address: any });
    await once(made, 'listening');
    const { port } = made.address() as { port: number };
    const accepted = made.connections().next();
    const address = { family: 'vsock', cid: VMADDR_CID_LOCAL, port } as const;
    const socket = await connectTls({ address, ca, servername: 'localhost' });
    const { value: peer } = await accepted;
    assert.deepEqual(socket.handle?.getpeername(), address);
    assert.equal(peer?.handle?.getpeername().port, socket.handle?.getsockname().port);
    assert.equal(peer?.remoteAddress, undefined);
    peer!.end('over vsock');
    assert.equal(await readAll(socket), 'over vsock');
    await new Promise<void>(resolve => void made.close(() => resolve()));
  });
});
