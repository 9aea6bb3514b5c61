/** A registry on this machine, so that `npm install` needs no network. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../support/packed.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

interface Published {
  readonly manifest: Manifest;
  readonly archive: string;
}

export class Registry {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'berkeley-registry-')));
  readonly #published = new Map<string, Published>();
  readonly #server: Server = createServer((request, response) => this.#answer(request, response));

  /** Packs the package in a folder, and publishes it. */
  publish(source: string): void {
    this.#add(pack(this.folder, source));
  }

  /** Publishes a package that is made of its files. */
  publishFiles(manifest: Manifest & object, files: Readonly<Record<string, string>>): void {
    const parent = join(this.folder, `${this.#published.size}`);
    mkdirSync(join(parent, 'package'), { recursive: true });
    const all = { 'package.json': JSON.stringify(manifest), ...files };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(parent, 'package', name), text);
    const archive = join(parent, 'package.tgz');
    execFileSync('tar', ['-czf', archive, '-C', parent, 'package']);
    this.#add(archive);
  }

  #add(archive: string): void {
    const text = execFileSync('tar', ['-xzOf', archive, 'package/package.json'], { encoding: 'utf8' });
    const manifest = JSON.parse(text) as Manifest;
    this.#published.set(manifest.name, { manifest, archive });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(request.url!.slice(1));
    const isArchive = path.startsWith('archives/');
    const found = this.#published.get(isArchive ? path.slice('archives/'.length) : path);
    if (found === undefined) response.writeHead(404).end('{}');
    else if (isArchive) response.end(readFileSync(found.archive));
    else response.end(JSON.stringify(this.#document(found)));
  }

  #document({ manifest }: Published): object {
    const { name, version } = manifest;
    const dist = { tarball: `${this.url}/archives/${encodeURIComponent(name)}` };
    return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => void this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
