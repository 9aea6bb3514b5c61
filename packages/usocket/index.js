// The API of usocket 1.1.0 over berkeley.
const { closeSync } = require('node:fs');
const { EventEmitter } = require('node:events');
const { Duplex } = require('node:stream');
const { AF_UNIX, SHUT_WR, SOCK_STREAM, Socket } = require('berkeley');

const CHUNK = 65536;
const MOST_FDS = 253; // SCM_MAX_FD

/** Returns the address of a path, or of an abstract name after a NUL character. */
function named(path) {
  return path.startsWith('\0') ? { abstract: path.slice(1) } : { path };
}

class USocket extends Duplex {
  #socket;
  /** Received descriptors that were not read, and whether a listener of `fds` has got them. */
  #received = [];
  /** Descriptors to send with the next data: without a byte, the kernel sends none. */
  #unsent = [];
  #isReading = false;
  #isWanted = false;

  constructor(options, callback) {
    const given = options !== null && typeof options === 'object' ? options : { path: options };
    super({ writableObjectMode: true, allowHalfOpen: given.allowHalfOpen ?? true });
    if (given.socket instanceof Socket) this.#start(given.socket);
    else if (given.fd || given.path) this.connect(given, callback);
  }

  connect(options, callback) {
    if (this.#socket !== undefined) throw new Error('connect on already connected USocket');
    const { fd, path } = typeof options === 'string' ? { path: options } : options;
    if (typeof callback === 'function') this.once('connected', callback);
    if (typeof fd === 'number') {
      this.#start(Socket.adopt(fd));
      return;
    }
    if (typeof path !== 'string') throw new Error('USocket#connect expects string path');
    this.#socket = new Socket(AF_UNIX, SOCK_STREAM);
    this.#socket.connect(named(path)).then(
      () => {
        this.#start(this.#socket);
        process.nextTick(() => this.emit('connected'));
      },
      error => this.destroy(error),
    );
  }

  #start(socket) {
    this.#socket = socket;
    this.fd = socket.fd;
    if (this.#isWanted) this._read();
  }

  _read() {
    this.#isWanted = true;
    if (this.#isReading || this.fd === undefined) return;
    this.#isReading = true;
    this.#socket.recvFds(CHUNK, MOST_FDS).then(
      ({ data, fds }) => {
        this.#isReading = false;
        process.nextTick(() => this.#take(data, fds)); // an exception in a listener is not a rejection
      },
      error => {
        if (!this.#socket.closed) this.destroy(error);
      },
    );
  }

  #take(data, fds) {
    const isHeard = fds.length > 0 && this.emit('fds', [...fds]);
    this.#received.push(...fds.map(fd => ({ fd, isHeard })));
    if (this.destroyed) this.#closeReceived();
    else if (data.length === 0 && fds.length === 0) this.push(null);
    else if (this.push(data)) this._read();
    else this.#isWanted = false;
  }

  read(size, count) {
    if (count === undefined) return super.read(size ?? undefined);
    if (count !== null && this.#received.length < count) return null;
    const data = super.read(size ?? undefined);
    if (size && data === null) return null;
    const taken = this.#received.splice(0, count ?? this.#received.length);
    return { data, fds: taken.map(({ fd }) => fd) };
  }

  unshift(chunk, fds) {
    if (chunk) super.unshift(chunk);
    if (Array.isArray(fds)) this.#received.unshift(...fds.map(fd => ({ fd, isHeard: false })));
  }

  write(chunk, encoding, callback) {
    const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    return super.write(data, null, typeof encoding === 'function' ? encoding : callback);
  }

  end(chunk, encoding, callback) {
    super.end(typeof chunk === 'string' ? Buffer.from(chunk) : chunk, encoding, callback);
    this.read(0); // so that the end of the peer is noticed
    return this;
  }

  _write(chunk, _encoding, callback) {
    if (this.fd === undefined) return callback(new Error('USocket not connected'));
    const {
      data,
      fds,
      callback: sent,
    } = Buffer.isBuffer(chunk) ? { data: chunk } : Array.isArray(chunk) ? { fds: chunk } : chunk;
    if (data && !Buffer.isBuffer(data)) return callback(new Error('USocket data needs to be a buffer'));
    if (fds && !Array.isArray(fds)) return callback(new Error('USocket fds needs to be an array'));
    if (sent && typeof sent !== 'function')
      return callback(new Error('USocket write callback needs to be a function'));
    if (!data && !fds) return callback(new Error('USocket write needs a data or array'));
    this.#send(data, fds ?? []).then(
      () => {
        sent?.(chunk);
        callback();
      },
      error => callback(error),
    );
  }

  async #send(data, fds) {
    this.#unsent.push(...fds);
    if (!data || data.length === 0) return;
    const carried = this.#unsent.splice(0);
    const done = carried.length > 0 ? await this.#socket.sendFds(data, carried) : 0;
    if (done < data.length) await this.#socket.sendAll(data.subarray(done));
  }

  _final(callback) {
    if (this.#unsent.length > 0) return callback(new Error('USocket cannot send descriptors without data'));
    try {
      this.#socket?.shutdown(SHUT_WR);
      callback();
    } catch (error) {
      callback(error);
    }
  }

  _destroy(error, callback) {
    this.#socket?.close();
    this.#closeReceived();
    callback(error);
  }

  #closeReceived() {
    for (const { fd, isHeard } of this.#received.splice(0)) if (!isHeard) closeSync(fd);
  }
}

class UServer extends EventEmitter {
  paused = false;
  listening = false;
  #socket;
  #waiting;

  listen(path, backlog, callback) {
    if (this.#socket !== undefined) throw new Error('listen on already listened UServer');
    const isObject = typeof path === 'object' && path !== null;
    const where = isObject ? path.path : path;
    const most = (isObject ? path.backlog : typeof backlog === 'function' ? 0 : backlog) || 16;
    const done = typeof backlog === 'function' ? backlog : callback;
    if (typeof where !== 'string' || typeof most !== 'number') throw new Error('UServer expects valid path');
    if (typeof done === 'function') this.once('listening', done);
    this.#socket = new Socket(AF_UNIX, SOCK_STREAM);
    process.nextTick(() => this.#open(where, most));
  }

  #open(path, backlog) {
    if (this.#socket === undefined) return;
    try {
      this.#socket.bind(named(path));
      this.#socket.listen(backlog);
    } catch (error) {
      this.close();
      this.emit('error', error);
      return;
    }
    this.fd = this.#socket.fd;
    this.listening = true;
    this.emit('listening');
    this.#accept();
  }

  #accept() {
    if (this.paused || !this.listening || this.#waiting !== undefined) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    const end = () => {
      if (this.#waiting === waiting) this.#waiting = undefined;
    };
    this.#socket.accept({ signal: waiting.signal }).then(
      ({ socket }) => {
        end();
        process.nextTick(() => {
          this.emit('connection', new USocket({ socket }));
          this.#accept();
        });
      },
      error => {
        end();
        if (waiting.signal.aborted || !this.listening) return;
        this.close();
        process.nextTick(() => this.emit('error', error));
      },
    );
  }

  pause() {
    this.paused = true;
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  resume() {
    this.paused = false;
    this.#accept();
  }

  close() {
    this.listening = false;
    this.#socket?.close();
    this.#socket = undefined;
  }
}

exports.USocket = USocket;
exports.UServer = UServer;
