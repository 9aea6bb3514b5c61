/** Node's own servers, which serve connections that this package accepted. */
import { execFileSync } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type SocketDuplex } from 'berkeley';
import { temporaryFolder } from '../support/names.js';
import { until } from '../support/until.js';

/** A listening socket whose connections a Node server serves. */
export interface Served {
  readonly port: number;
  /** The number of open connections. */
  open(): number;
  /** The number of clients that had not disconnected in time when the server stopped. */
  left: number;
  stop(): Promise<void>;
}

/** Passes every connection to `server`, as `node:net` would. */
export function serve(server: EventEmitter): Served {
  // Deno's HTTP server ends each connection after its reply unless it listens.
  if (process.versions.deno !== undefined) Object.defineProperty(server, 'listening', { value: true });
  const listener = createServer({ host: '127.0.0.1', port: 0 });
  const connections = new Set<SocketDuplex>();
  const accepting = (async () => {
    for await (const { socket } of listener.connections()) {
      const duplex = socket.toDuplex({ allowHalfOpen: true });
      connections.add(duplex);
      duplex.on('close', () => connections.delete(duplex));
      server.emit('connection', duplex);
    }
  })();
  return {
    left: 0,
    port: listener.getsockname().port,
    open: () => connections.size,
    async stop() {
      listener.close();
      await accepting;
      await until(() => connections.size === 0);
      this.left = connections.size;
      for (const connection of connections) connection.destroy();
    },
  };
}

/** A self-signed certificate for localhost and 127.0.0.1. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  readonly certPath: string;
}

let certificate: Certificate | undefined;

export function makeCertificate(): Certificate {
  if (certificate !== undefined) return certificate;
  const [keyPath, certPath] = ['key.pem', 'cert.pem'].map(name => join(temporaryFolder(), name));
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', keyPath!, '-out', certPath!];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...names, ...files], { stdio: 'pipe' });
  certificate = { key: readFileSync(keyPath!), cert: readFileSync(certPath!), certPath: certPath! };
  return certificate;
}
