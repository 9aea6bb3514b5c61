/**
 * A client of the compiler's language server, which acts as an editor: the Language Server Protocol over standard
 * streams.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** TypeScript 7, whose compiler contains a language server. */
const compiler = join(dirname(require.resolve('typescript-7/package.json')), 'bin/tsc');

/** No answer takes that long. */
const LONGEST = 60_000;

/** A position in a file. Both numbers count from 0. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly character: number;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Range {
  readonly start: { readonly line: number; readonly character: number };
}

/** A definition, in either format of the protocol. */
type Location =
  | { readonly uri: string; readonly range: Range }
  | { readonly targetUri: string; readonly targetSelectionRange: Range };

function placeOf(location: Location): Place {
  const [uri, range] =
    'uri' in location ? [location.uri, location.range] : [location.targetUri, location.targetSelectionRange];
  return { file: fileURLToPath(uri), ...range.start };
}

/** A server for the files of one folder. It ends with the scope that it is declared in. */
export class LanguageServer implements Disposable {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #received: Buffer = Buffer.alloc(0);
  #count = 0;

  private constructor(folder: string) {
    this.#process = spawn(process.execPath, [compiler, '--lsp', '--stdio'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#process.stdout!.on('data', (data: Buffer) => this.#receive(data));
  }

  static async start(folder: string): Promise<LanguageServer> {
    const server = new LanguageServer(folder);
    const uri = pathToFileURL(folder).href;
    await server.#ask('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'test' }],
      capabilities: {
        textDocument: { definition: { linkSupport: true }, hover: { contentFormat: ['markdown'] } },
      },
    });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  /** Opens a file, as an editor does when it shows one. */
  open(file: string, text: string): void {
    const uri = pathToFileURL(file).href;
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'typescript', version: 1, text } },
    });
  }

  /** Returns what an editor shows under the pointer. */
  async hover(place: Place): Promise<string> {
    const answer = (await this.#ask('textDocument/hover', at(place))) as {
      contents: string | { value: string };
    } | null;
    const contents = answer?.contents ?? '';
    return typeof contents === 'string' ? contents : contents.value;
  }

  /** Returns the targets of “go to definition”. */
  async definitions(place: Place): Promise<Place[]> {
    const answer = (await this.#ask('textDocument/definition', at(place))) as Location | Location[] | null;
    return [answer ?? []].flat().map(placeOf);
  }

  [Symbol.dispose](): void {
    this.#process.kill('SIGKILL');
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin!.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin!.write(body);
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), LONGEST);
      this.#waiting.set(id, ({ result, error }) => {
        clearTimeout(timer);
        if (error !== undefined) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      this.#send({ id, method, params });
    });
  }

  #receive(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, end))?.[1]);
      if (end < 0 || this.#received.length < end + 4 + length) return;
      const body = this.#received.toString('utf8', end + 4, end + 4 + length);
      this.#received = this.#received.subarray(end + 4 + length);
      this.#take(JSON.parse(body) as Answer);
    }
  }

  /** Answers requests of the server with nothing, and ignores its notifications. */
  #take(message: Answer): void {
    if (message.id === undefined) return;
    if (message.method !== undefined) {
      const result = message.method === 'workspace/configuration' ? [null, null, null, null] : null;
      this.#send({ id: message.id, result });
      return;
    }
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}

function at({ file, line, character }: Place): object {
  return { textDocument: { uri: pathToFileURL(file).href }, position: { line, character } };
}
