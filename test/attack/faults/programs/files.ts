/** Programs that send files, and streams over sockets. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Loose, Program, Scene, Stage } from '../stage.js';

const TEXT = 'the quick brown fox jumps over the lazy dog\n'.repeat(40);

/** A text that the kernel makes when it is read. */
const COMMAND = readFileSync('/proc/self/cmdline', 'utf8');

/** Opens a file of the runtime until the case is over. */
function open(stage: Stage, path: string): number {
  const file = openSync(path, 'r');
  stage.later(() => closeSync(file));
  return file;
}

/** Receives as much as there is. */
function rest(socket: Loose): string {
  let text = '';
  try {
    for (;;) {
      const chunk = socket.recvSync(65536, { timeout: 0 });
      if (chunk.length === 0) return text;
      text += chunk;
    }
  } catch {
    return text;
  }
}

/** A program that sends a file over TCP. What an error reports as sent is what arrived. */
function sends(name: string, file: (stage: Stage) => number, options: object = {}, text = TEXT): Program {
  return {
    name: `sendfile of ${name}`,
    impossible: {
      faults: ['recvfrom: EAGAIN', 'pread64: EAGAIN'],
      why: 'data that MSG_PEEK has returned is still there, unless another reader takes it; O_NONBLOCK has no effect on a regular file (open(2))',
    },
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      const source = file(stage);
      return {
        run: async () => await stage.call(a, 'sendfile', [source], options),
        verify: sent => {
          const received = rest(b);
          assert.equal(received.length, sent);
          assert.equal(received, text.slice(0, received.length));
          assert.equal(received.length, text.length, 'the whole file is sent');
        },
        failed: error => {
          const received = rest(b);
          assert.equal(received.length, (error as Loose).bytesTransferred ?? 0, 'bytesTransferred');
          assert.equal(received, text.slice(0, received.length));
        },
      };
    },
  };
}

function regular(stage: Stage): number {
  const path = join(stage.folder(), 'file');
  writeFileSync(path, TEXT);
  return open(stage, path);
}

/** A pipe with a text. */
function pipe(stage: Stage): number {
  const path = join(stage.folder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const file = openSync(path, 'r+');
  stage.later(() => closeSync(file));
  writeSync(file, TEXT);
  return file;
}

/** A socket with a text, whose peer is closed. */
function socket(stage: Stage): number {
  const [a, b] = stage.pair();
  writeSync(b.fd, TEXT);
  b.close();
  return a.fd;
}

const files: readonly Program[] = [
  sends('a file', regular),
  sends('a part of a file', regular, { offset: 4, count: 100 }, TEXT.slice(4, 104)),
  sends('a socket', socket),
  sends('a pipe', pipe, { count: TEXT.length }),
  // sendfile(2) does not support it, so it is read: pread(2).
  sends('a file of /proc', stage => open(stage, '/proc/self/cmdline'), {}, COMMAND),
  {
    // The kernel also raises SIGPIPE, which is taken back: sigtimedwait(2).
    name: 'sendfile to a peer that has closed',
    codes: ['EPIPE'],
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      b.close();
      const source = regular(stage);
      return {
        run: async () => await stage.call(a, 'sendfile', [source]),
        verify: () => assert.fail('nobody has received it'),
      };
    },
  },
  {
    name: 'sendfile of a device',
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      const file = open(stage, '/dev/zero');
      return {
        run: async () => await stage.call(a, 'sendfile', [file], { count: 5000 }),
        verify: sent => assert.equal(rest(b).length, sent),
        failed: error => {
          const { bytesTransferred = 0, unsent = '' } = error as Loose;
          assert.equal(rest(b).length, bytesTransferred);
          assert.ok(unsent.length <= 4096);
        },
      };
    },
  },
];

const makefile: readonly Program[] = [
  {
    name: 'readline of makefile()',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      writeSync(b.fd, 'one\ntwo\n');
      const file = a.makefile('r');
      stage.later(() => file.closeSync());
      return {
        run: async () => await stage.call(file, 'readline'),
        verify: line => assert.equal(line, 'one\n'),
        failed: () => assert.equal(file.readlineSync(), 'one\n'),
      };
    },
  },
  {
    name: 'read of makefile()',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      writeSync(b.fd, 'one\ntwo\n');
      b.close();
      const file = a.makefile('rb');
      stage.later(() => file.closeSync());
      return {
        run: async () => await stage.call(file, 'read'),
        verify: bytes => assert.equal(String(bytes), 'one\ntwo\n'),
        failed: () => assert.equal(String(file.readSync()), 'one\ntwo\n'),
      };
    },
  },
  {
    name: 'write and flush of makefile()',
    prepare(stage): Scene {
      const [a, b] = stage.pair();
      const file = a.makefile('w');
      stage.later(() => {
        try {
          file.closeSync();
        } catch {} // what a failed flush has kept cannot be sent any more
      });
      return {
        run: async () => {
          await stage.call(file, 'write', ['one\n']);
          await stage.call(file, 'flush');
        },
        verify: () => assert.equal(rest(b), 'one\n'),
        failed: async () => {
          await stage.call(file, 'flush');
          assert.equal(rest(b), 'one\n', 'a flush that is repeated sends each byte once');
        },
      };
    },
  },
];

/** Waits for the end or the error of a stream. */
function ended(stream: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', chunk => {
      text += chunk;
    });
    stream.on('end', () => resolve(text));
    stream.on('error', reject);
  });
}

const streams: readonly Program[] = [
  {
    name: 'toDuplex() receives',
    hasNoLimit: true,
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      writeSync(b.fd, TEXT);
      b.shutdown(1 as Loose);
      return {
        run: async () => {
          const duplex = a.toDuplex();
          stage.later(() => duplex.destroy());
          const text = await ended(duplex);
          return text;
        },
        verify: text => assert.equal(text, TEXT),
      };
    },
  },
  {
    name: 'toDuplex() sends',
    hasNoLimit: true,
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      return {
        run: async () => {
          const duplex = a.toDuplex();
          stage.later(() => duplex.destroy());
          await new Promise<void>((resolve, reject) => {
            duplex.on('error', reject);
            duplex.on('finish', resolve);
            duplex.end(TEXT);
          });
        },
        verify: () => assert.equal(rest(b), TEXT),
      };
    },
  },
  {
    name: 'toWeb()',
    hasNoLimit: true,
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      writeSync(b.fd, TEXT);
      return {
        run: async () => {
          const { readable, writable } = a.toWeb();
          const reader = readable.getReader();
          const writer = writable.getWriter();
          writer.closed.catch(() => {});
          stage.later(() => reader.cancel().catch(() => {}));
          stage.later(() => writer.abort().catch(() => {}));
          const { value } = await reader.read();
          await writer.write(Buffer.from('x'));
          return value;
        },
        verify: value => assert.equal(Buffer.from(value as Uint8Array).toString(), TEXT),
      };
    },
  },
  {
    name: 'toNodeSocket()',
    hasNoLimit: true,
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      writeSync(b.fd, TEXT);
      b.shutdown(1 as Loose);
      return {
        run: async () => {
          const socket = a.toNodeSocket();
          stage.later(() => socket.destroy());
          return await ended(socket);
        },
        verify: text => assert.equal(text, TEXT),
      };
    },
  },
  {
    name: 'chunks()',
    forms: ['promise'],
    prepare(stage): Scene {
      const [a, b] = stage.tcp();
      writeSync(b.fd, TEXT);
      b.shutdown(1 as Loose);
      const wait = stage.limit === undefined ? {} : { timeout: stage.limit };
      return {
        run: async () => {
          let text = '';
          for await (const chunk of a.chunks(wait)) text += chunk;
          return text;
        },
        verify: text => assert.equal(text, TEXT),
      };
    },
  },
];

/** The programs of this file. */
export const filePrograms: readonly Program[] = [...files, ...makefile, ...streams];
