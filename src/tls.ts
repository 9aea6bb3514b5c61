/**
 * Entry point `berkeley/tls`: TLS over sockets of this package. This module contains only the exports of `berkeley/tls`.
 *
 * ```ts
 * import { connectTls } from 'berkeley/tls';
 *
 * const socket = await connectTls({ host: 'example.org', port: 443, timeout: 5000 });
 * socket.end('GET / HTTP/1.0\r\nHost: example.org\r\n\r\n');
 * for await (const data of socket) process.stdout.write(data);
 * ```
 *
 * @packageDocumentation
 */

export { type ConnectTlsOptions, connectTls } from './tls/connect.js';
export { createTlsServer, type TlsServer, type TlsServerOptions, type UpgradeOptions } from './tls/server.js';
export type { TlsSocket, TlsTransport, TransportHandle } from './tls/transport.js';
