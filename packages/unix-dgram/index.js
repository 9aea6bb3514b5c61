// The API of unix-dgram 2.0.7 over berkeley. Each method makes its system call at once, as there.
const dgram = require('node:dgram');
const { EventEmitter } = require('node:events');
const { AF_UNIX, MSG_DONTWAIT, SOCK_DGRAM, Socket: Base, SocketError } = require('berkeley');
const { select } = require('berkeley/select');

/** Returns an error with the number as `code`, which programs compare. */
function numbered(error, syscall, path) {
  const isSystem = error instanceof SocketError;
  const errno = isSystem ? error.errno : -22; // EINVAL: berkeley rejected the path
  const name = isSystem ? error.code : 'EINVAL';
  const made = new Error(`${syscall} ${name}${path === undefined ? '' : ` ${path}`}`, { cause: error });
  return Object.assign(made, { errno, code: errno, syscall });
}

/** Throws an exception of a listener outside of the promise, so that it is an uncaught exception. */
function rethrow(error) {
  process.nextTick(() => {
    throw error;
  });
}

class Socket extends EventEmitter {
  #base;
  #path;
  #isWaiting = false;

  constructor(type, listener) {
    super();
    if (type !== 'unix_dgram') throw new Error(`Unsupported socket type: ${type}`);
    this.#base = new Base(AF_UNIX, SOCK_DGRAM);
    this.fd = this.#base.fd;
    this.type = type;
    if (typeof listener === 'function') this.on('message', listener);
    this.#receive();
  }

  async #receive() {
    while (!this.#base.closed) {
      const received = await this.#base.recvfrom(65536).catch(error => error);
      if (this.#base.closed) return;
      try {
        this.#deliver(received);
      } catch (error) {
        rethrow(error);
      }
    }
  }

  #deliver(received) {
    if (received instanceof Error) return this.emit('error', numbered(received, 'recvmsg'));
    const { data, address } = received;
    this.emit('message', data, { size: data.length, address: {}, path: address?.path ?? null });
  }

  /** Emits an event, or an error if the call fails. */
  #attempt(syscall, path, event, call) {
    try {
      call();
    } catch (error) {
      this.emit('error', numbered(error, syscall, path));
      return;
    }
    this.emit(event);
  }

  bind(path) {
    this.#attempt('bind', path, 'listening', () => this.#base.bind(named(path)));
  }

  connect(path) {
    this.#attempt('connect', path, 'connect', () => {
      this.#base.connectSync(named(path));
      this.connected = true;
      this.#path = path;
    });
  }

  send(data, offset, length, path, callback) {
    const done = this.connected ? offset : callback;
    let error;
    try {
      if (this.connected) this.#base.sendSync(data, MSG_DONTWAIT);
      else this.#base.sendtoSync(part(data, offset, length), named(path), MSG_DONTWAIT);
    } catch (reason) {
      if (!(reason instanceof SocketError)) throw reason;
      error = this.#failed(reason, path);
    }
    if (typeof done === 'function') done(error);
    else if (error?.code === 1) this.emit('congestion', data);
    else if (error !== undefined) this.emit('error', error);
  }

  /** A connected receiver without space is no error: `writable` follows. */
  #failed(reason, path) {
    const isFull = reason.code === 'EAGAIN' || reason.code === 'ENOBUFS';
    if (!this.connected || !isFull) return numbered(reason, 'send', this.connected ? this.#path : path);
    this.#waitForSpace();
    return Object.assign(new Error('congestion'), { code: 1 });
  }

  async #waitForSpace() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    await select([], [this.#base], []).catch(() => {});
    this.#isWaiting = false;
    if (!this.#base.closed) process.nextTick(() => this.emit('writable'));
  }

  sendto(...given) {
    return this.send(...given);
  }

  close() {
    this.fd = -1;
    this.#base.close();
  }
}

/** Returns the address of a path, or of an abstract name after a NUL character. */
function named(path) {
  return String(path).startsWith('\0') ? { abstract: path.slice(1) } : { path: String(path) };
}

function part(data, offset, length) {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  return bytes.subarray(offset, offset + length);
}

for (const name of [
  ...['address', 'setTTL', 'setBroadcast', 'setMulticastTTL', 'setMulticastLoopback'],
  ...['addMembership', 'dropMembership'],
]) {
  Socket.prototype[name] = () => {
    throw new Error('not implemented');
  };
}

exports.createSocket = (type, listener) =>
  type === 'udp4' || type === 'udp6' ? dgram.createSocket(type, listener) : new Socket(type, listener);
