import { isIP } from 'node:net';
import type { AddressInput, AddressOf } from '../address/address.js';
import { toNetAddress } from '../address/net-address.js';
import { checkInteger, invalidValue } from '../errors/argument.js';
import { ECANCELED, EINVAL } from '../errors/codes.js';
import { blockedIp, checkPort, invalidFdType } from '../errors/node-errors.js';
import { AF_INET } from '../families/inet/constants.js';
import { pktinfo } from '../families/inet/control.js';
import { AF_INET6 } from '../families/inet6/constants.js';
import { pktinfo6 } from '../families/inet6/control.js';
import type { QueuedError } from '../message/error-queue.js';
import * as ip from '../options/ip/index.js';
import * as ipv6 from '../options/ipv6/index.js';
import * as multicast from '../options/multicast.js';
import * as so from '../options/so/index.js';
import type { SharedHandle } from '../socket/cluster.js';
import { fdType } from '../socket/fd-type.js';
import { type AddressInfo, type RemoteInfo, remoteInfo } from './addresses.js';
import { type CommonEvents, DatagramSocket } from './base.js';
import { isShared, shareSocket } from './cluster.js';
import { badTypeError, callError, errnoOf, missingError, named, stateError } from './errors.js';
import { DatagramHandle } from './handle.js';
import { Names } from './lookup.js';
import * as group from './multicast.js';
import { type AddressFilter, checkCommon, checkFilter, rowsAtBirth, type SocketOptions } from './options.js';
import { controlOf, type SendOptions } from './outgoing.js';
import type { Taken } from './receiver.js';
import * as check from './validate.js';

type Internet = 'inet' | 'inet6';
type SendCallback = check.SendCallback;

/** The memory that one system call receives into: no UDP datagram is longer. */
const SLOTS = { count: 32, size: 65536 };

/** The events of a UDP socket, with their arguments. */
export interface SocketEvents extends CommonEvents {
  /** A datagram was received. */
  message: [message: Buffer, rinfo: RemoteInfo];
  /** An item of the error queue arrived, with the option `errorQueue`. */
  queuedError: [item: QueuedError<'inet' | 'inet6'>];
}

/** What `bind()` takes. */
export interface BindOptions {
  /** The port; 0, the default, lets the kernel choose. */
  readonly port?: number | undefined;
  /** The address or host name; all interfaces by default. */
  readonly address?: string | undefined;
  /** Whether a cluster worker does not share the socket with other workers. */
  readonly exclusive?: boolean | undefined;
  /** The file descriptor of a UDP socket to own, instead of opening one. */
  readonly fd?: number | undefined;
}

/** What `bindSync()` takes. */
export interface BindSyncOptions {
  /** The port; 0, the default, lets the kernel choose. */
  readonly port?: number | undefined;
  /** The numeric address; all interfaces by default. */
  readonly address?: string | undefined;
}

/** Listens to one datagram. */
export type MessageListener = (message: Buffer, rinfo: RemoteInfo) => void;

/**
 * A UDP socket with the methods, events and errors of `dgram.Socket`; {@link createSocket} creates it. What
 * `node:dgram` does not have: the options of {@link SocketOptions}, {@link sendMessage}, {@link getOption},
 * {@link setOption}, and interfaces by name.
 */
export class Socket extends DatagramSocket<'inet' | 'inet6', SocketEvents> {
  readonly type: 'udp4' | 'udp6';
  /** @internal */
  protected readonly handle: DatagramHandle<Internet>;
  readonly #options: SocketOptions;
  readonly #names: Names;
  readonly #receiveFilter: AddressFilter | undefined;
  readonly #sendFilter: AddressFilter | undefined;
  #shared: SharedHandle | null = null;
  /** The last address that a datagram was sent to. Most programs send many to the same. */
  #to: Readonly<{ host: string; port: number }> | undefined;

  /**
   * @param type the type, or the options
   * @param listener a listener for `'message'`
   * @throws TypeError if the type or an option is invalid
   */
  constructor(type: 'udp4' | 'udp6' | SocketOptions, listener?: MessageListener) {
    super();
    const options = typeof type === 'object' && type !== null ? type : { type };
    const sizes = checkCommon(options);
    this.#receiveFilter = checkFilter(options.receiveBlockList, 'options.receiveBlockList');
    this.#sendFilter = checkFilter(options.sendBlockList, 'options.sendBlockList');
    if (options.type !== 'udp4' && options.type !== 'udp6') throw badTypeError();
    this.type = options.type;
    this.#options = options;
    this.#names = new Names(this.type, options.lookup);
    const family = (this.#isV6 ? AF_INET6 : AF_INET) as typeof AF_INET;
    this.handle = new DatagramHandle<Internet>(family as never, rowsAtBirth(options), {
      onDatagram: datagram => this.deliver(datagram),
      onError: error => this.onError(error),
    });
    this.start(options, sizes, listener);
  }

  get #isV6(): boolean {
    return this.type === 'udp6';
  }

  /** @internal */
  protected deliver(datagram: Taken<Internet>): void {
    const info = remoteInfo(datagram);
    const family = info.family === 'IPv6' ? 'ipv6' : 'ipv4';
    if (this.#receiveFilter?.check(info.address, family)) return;
    this.tellMessage(datagram.data, info);
  }

  // ---- Binding ----

  /**
   * Binds the socket and starts to receive. Emits `'listening'`, or `'error'` if it fails.
   *
   * @param port the port, or an object; 0, the default, lets the kernel choose
   * @param address the address or host name; all interfaces by default
   * @param callback a listener for `'listening'`
   * @throws Error `ERR_SOCKET_ALREADY_BOUND`, `ERR_SOCKET_DGRAM_NOT_RUNNING`; RangeError `ERR_SOCKET_BAD_PORT`
   */
  bind(port?: number, address?: string, callback?: () => void): this;
  bind(port: number, callback?: () => void): this;
  bind(callback: () => void): this;
  bind(options: BindOptions, callback?: () => void): this;
  bind(...given: unknown[]): this {
    this.checkRunning();
    if (this.bindState !== 'unbound') throw stateError('ERR_SOCKET_ALREADY_BOUND');
    const [first, second] = given;
    const isObject = typeof first === 'object' && first !== null;
    const { port, address, exclusive, fd } = isObject
      ? (first as BindOptions)
      : { port: first, address: typeof second === 'function' ? '' : second };
    const isFd = typeof fd === 'number' && fd > 0 && fd === (fd | 0);
    const number = isFd || !port || typeof port === 'function' ? 0 : checkPort(port, 'Port', true);
    this.bindState = 'binding';
    this.onceBound(given.at(-1));
    if (isFd) this.#bindFd(fd, exclusive === true);
    else this.#bindTo(number, (address as string) || this.#names.any, Boolean(exclusive));
    return this;
  }

  #bindFd(fd: number, exclusive: boolean): void {
    if (isShared(exclusive)) {
      this.#bindShared(null, null, fd);
      return;
    }
    const type = fdType(fd);
    this.bindState = 'unbound';
    if (type !== 'UDP') throw invalidFdType(type);
    named('open', () => this.handle.adopt(fd));
    this.#listen();
    this.tell('listening');
  }

  #bindTo(port: number, address: string, exclusive: boolean): void {
    this.#names.resolve(address, (error, resolved) => {
      if (this.handle.isClosed) return;
      if (error) {
        this.#failToBind(error);
        return;
      }
      if (isShared(exclusive || this.#options.reusePort === true)) {
        this.#bindShared(resolved, port, -1);
        return;
      }
      try {
        this.#bindNow(resolved, port);
      } catch (reason) {
        this.#failToBind(reason as Error);
        return;
      }
      this.tell('listening');
    });
  }

  #failToBind(error: Error): void {
    this.bindState = 'unbound';
    this.tell('error', error);
  }

  /** Binds in a worker of a cluster: the primary process owns the socket. */
  #bindShared(address: string | null, port: number | null, fd: number): void {
    const { reuseAddr = false, ipv6Only = false } = this.#options;
    const request = { type: this.type, address, port, fd, reuseAddr, ipv6Only };
    shareSocket(this, request, (errno, descriptor, shared) => {
      if (this.handle.isClosed) {
        shared?.close();
        return;
      }
      if (errno !== 0) {
        this.#failToBind(callError(errno, fd > 0 ? 'open' : 'bind', address ?? undefined, port ?? undefined));
        return;
      }
      this.#shared = shared;
      this.handle.adopt(descriptor);
      this.#listen();
      this.tell('listening');
    });
  }

  #bindNow(host: string, port: number): void {
    const address = { host, port } as AddressInput<Internet>;
    const bind = (): void => {
      this.#checkFamily(host);
      // A socket that was bound to join a group fails with EINVAL here, as in Node.js.
      if (this.handle.isOpen) this.handle.socket.bind(address);
      else this.handle.open(socket => socket.bind(address));
    };
    named('bind', bind, host, port);
    this.#listen();
  }

  /** Throws unless an address is a numeric one of this family. */
  #checkFamily(host: string): void {
    if (!this.#names.isNumeric(host)) throw invalidValue('address', 'must be of this family', host);
  }

  #listen(): void {
    this.bindState = 'bound';
    const { packetInfo, errorQueue } = this.#options;
    const controlSize = packetInfo ? (this.#isV6 ? pktinfo6 : pktinfo).space : 0;
    this.handle.receive({ ...SLOTS, controlSize });
    if (errorQueue) void this.handle.readErrors(item => this.tell('queuedError', item));
    this.setSizes();
  }

  /**
   * Binds the socket immediately. Emits `'listening'` afterwards.
   *
   * @param options the port and the numeric address
   * @returns the address that the socket is bound to
   * @throws SocketError `EADDRINUSE`, …; TypeError or RangeError if an argument is invalid
   */
  bindSync(options: BindSyncOptions = {}): AddressInfo {
    this.checkRunning();
    if (typeof options !== 'object' || options === null) throw check.objectError('options', options);
    if (this.bindState !== 'unbound') throw stateError('ERR_SOCKET_ALREADY_BOUND');
    const port = checkPort(options.port ?? 0, 'options.port', true);
    const address = check.checkNumeric(options.address, 'options.address', 'bindSync') ?? this.#names.any;
    this.#bindNow(address, port);
    process.nextTick(() => {
      if (!this.handle.isClosed) this.tell('listening');
    });
    return this.address();
  }

  /**
   * Returns the local address.
   *
   * @throws SocketError `EBADF` if the socket is not bound
   */
  address(): AddressInfo {
    this.checkRunning();
    return named('getsockname', () => toNetAddress(this.handle.socket.getsockname() as AddressOf<Internet>));
  }

  // ---- Connecting ----

  /**
   * Sets the address to send to and receive from. Emits `'connect'`, or `'error'` if it fails.
   *
   * @param port the port
   * @param address the address or host name; this machine by default
   * @param callback called when the socket is connected, or with the error
   * @throws Error `ERR_SOCKET_DGRAM_IS_CONNECTED`; RangeError `ERR_SOCKET_BAD_PORT`
   */
  connect(port: number, address?: string, callback?: (error?: Error) => void): void;
  connect(port: number, callback?: (error?: Error) => void): void;
  connect(port: number, address: unknown = '', callback?: (error?: Error) => void): void {
    const number = checkPort(port, 'Port', false);
    const isLast = typeof address === 'function';
    const host = isLast ? '' : check.checkString(address, 'address');
    if (this.connectState !== 'disconnected') throw stateError('ERR_SOCKET_DGRAM_IS_CONNECTED');
    this.checkRunning();
    this.connectState = 'connecting';
    const start = (): void => this.#startToConnect(number, host, isLast ? (address as () => void) : callback);
    if (this.bindState === 'unbound') this.bind({ port: 0, exclusive: true });
    if (this.bindState === 'bound') start();
    else this.whenBound(start);
  }

  #startToConnect(port: number, host: string, callback: ((error?: Error) => void) | undefined): void {
    if (callback) this.once('connect', callback);
    this.#names.resolve(host || this.#names.loopback, (failure, resolved) => {
      if (this.handle.isClosed) return;
      let error = failure;
      try {
        if (!error) this.#connectNow(resolved, port, host);
      } catch (reason) {
        error = reason as Error;
      }
      if (error) this.connectState = 'disconnected';
      process.nextTick(() => this.#endConnecting(error, callback));
    });
  }

  #endConnecting(error: Error | null, callback: ((error?: Error) => void) | undefined): void {
    if (!error) {
      this.tell('connect');
    } else if (callback) {
      this.removeListener('connect', callback);
      callback(error);
    } else {
      this.tell('error', error);
    }
  }

  #connectNow(ip: string, port: number, shown: string): void {
    this.#checkAllowed(ip);
    const connect = (): void => {
      this.#checkFamily(ip);
      this.handle.socket.connectSync({ host: ip, port } as AddressInput<Internet>);
    };
    named('connect', connect, shown || ip, port);
    this.connectState = 'connected';
  }

  #checkAllowed(ip: string): void {
    if (this.#sendFilter?.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')) throw blockedIp(ip);
  }

  /**
   * Connects the socket immediately, and binds it before if necessary. Emits `'connect'` afterwards.
   *
   * @param port the port
   * @param address the numeric address; this machine by default
   * @throws SocketError `ENETUNREACH`, …; TypeError or RangeError if an argument is invalid
   */
  connectSync(port: number, address?: string): void {
    this.checkRunning();
    const number = checkPort(port, 'Port', false);
    if (this.connectState !== 'disconnected') throw stateError('ERR_SOCKET_DGRAM_IS_CONNECTED');
    const host = check.checkNumeric(address, 'address', 'connectSync') ?? this.#names.loopback;
    if (this.bindState === 'unbound') this.bindSync();
    else if (this.bindState === 'binding') throw stateError('ERR_SOCKET_ALREADY_BOUND');
    this.#connectNow(host, number, host);
    process.nextTick(() => {
      if (!this.handle.isClosed) this.tell('connect');
    });
  }

  /**
   * Removes the address that {@link connect} has set.
   *
   * @throws Error `ERR_SOCKET_DGRAM_NOT_CONNECTED`
   */
  disconnect(): void {
    if (this.connectState !== 'connected') throw stateError('ERR_SOCKET_DGRAM_NOT_CONNECTED');
    this.checkRunning();
    named('connect', () => this.handle.socket.connectSync({ family: 'unspec' }));
    this.connectState = 'disconnected';
  }

  /**
   * Returns the address that the socket is connected to.
   *
   * @throws Error `ERR_SOCKET_DGRAM_NOT_CONNECTED`
   */
  remoteAddress(): AddressInfo {
    this.checkRunning();
    if (this.connectState !== 'connected') throw stateError('ERR_SOCKET_DGRAM_NOT_CONNECTED');
    return named('getpeername', () => toNetAddress(this.handle.socket.getpeername() as AddressOf<Internet>));
  }

  // ---- Sending ----

  /**
   * Sends a datagram. An unbound socket is bound before.
   *
   * @param message the data, or an array of pieces
   * @param offset the first byte to send; with `length`
   * @param length the number of bytes to send
   * @param port the port; not on a connected socket
   * @param address the address or host name; this machine by default
   * @param callback called when the datagram was sent, or with the error
   * @throws TypeError or RangeError if an argument is invalid; Error `ERR_SOCKET_DGRAM_IS_CONNECTED`,
   *   `ERR_SOCKET_DGRAM_NOT_RUNNING`
   */
  send(
    message: check.Data | readonly check.Data[],
    port?: number,
    address?: string,
    callback?: SendCallback,
  ): void;
  send(message: check.Data | readonly check.Data[], port?: number, callback?: SendCallback): void;
  send(message: check.Data | readonly check.Data[], callback?: SendCallback): void;
  send(
    message: check.Data,
    offset: number,
    length: number,
    port?: number,
    address?: string,
    callback?: SendCallback,
  ): void;
  send(message: check.Data, offset: number, length: number, port?: number, callback?: SendCallback): void;
  send(message: check.Data, offset: number, length: number, callback?: SendCallback): void;
  send(...given: unknown[]): void {
    const isConnected = this.connectState === 'connected';
    const parsed = isConnected
      ? check.parseConnected(given, () => stateError('ERR_SOCKET_DGRAM_IS_CONNECTED'))
      : check.parseAddressed(given);
    const { pieces, address, callback } = parsed;
    const port = isConnected ? 0 : checkPort(parsed.port, 'Port', false);
    if (address !== undefined && address !== null) check.checkString(address, 'address');
    this.#sendWhenBound({ pieces, port, host: (address ?? '') as string, control: undefined }, callback);
  }

  /** Sends a datagram: a form of {@link send} with all arguments. */
  sendto(
    message: check.Data,
    offset: number,
    length: number,
    port: number,
    address: string,
    callback?: SendCallback,
  ): void {
    check.checkNumber(offset, 'offset');
    check.checkNumber(length, 'length');
    check.checkNumber(port, 'port');
    check.checkString(address, 'address');
    this.send(message, offset, length, port, address, callback);
  }

  /**
   * Sends a datagram from an interface or source address that is chosen for it alone.
   *
   * ```ts
   * for (const name of ['eth0', 'eth1'])
   *   socket.sendMessage(query, { address: '224.0.0.251', port: 5353, interface: name });
   * ```
   *
   * @param message the data, or an array of pieces
   * @param options the destination, and `interface`, `source`, `ttl` or `control`
   * @param callback called when the datagram was sent, or with the error
   * @throws as {@link send}; SocketError `ENODEV` if there is no such interface
   */
  sendMessage(
    message: check.Data | readonly check.Data[],
    options: SendOptions,
    callback?: SendCallback,
  ): void {
    const pieces = check.piecesOf(message);
    const control = controlOf(options, this.#isV6);
    const isConnected = this.connectState === 'connected';
    if (isConnected && (options.port || options.address)) throw stateError('ERR_SOCKET_DGRAM_IS_CONNECTED');
    const port = isConnected ? 0 : checkPort(options.port, 'Port', false);
    const { address = '' } = options;
    this.#sendWhenBound({ pieces, port, host: check.checkString(address, 'address'), control }, callback);
  }

  #sendWhenBound(datagram: Datagram, callback: SendCallback | undefined): void {
    this.checkRunning();
    if (this.bindState === 'unbound') this.bind({ port: 0, exclusive: true });
    if (datagram.pieces.length === 0) datagram.pieces.push(Buffer.alloc(0));
    if (this.bindState === 'bound') this.#sendNow(datagram, callback);
    else this.whenBound(() => this.#sendNow(datagram, callback));
  }

  #sendNow(datagram: Datagram, callback: SendCallback | undefined): void {
    const { port, host } = datagram;
    if (port === 0) {
      this.#transmit(datagram, null, callback);
      return;
    }
    const literal = this.#names.literal(host || this.#names.loopback);
    if (literal !== undefined) {
      this.#transmit(datagram, literal, callback);
      return;
    }
    this.#names.resolve(host || this.#names.loopback, (error, resolved) => {
      if (error) process.nextTick(() => (callback ? callback(error, 0) : this.tell('error', error)));
      else this.#transmit(datagram, resolved, callback);
    });
  }

  /** Sends a datagram to an address, or to the connected peer. */
  #transmit(datagram: Datagram, ip: string | null, callback: SendCallback | undefined): void {
    try {
      if (ip !== null) this.#checkAllowed(ip);
    } catch (error) {
      if (callback) process.nextTick(callback, error);
      return;
    }
    const { port, host } = datagram;
    let result: number | Promise<number>;
    try {
      result = this.#attempt(datagram, ip);
    } catch (error) {
      result = errnoOf(error);
    }
    this.report(result, callback, ip === null ? undefined : host || ip, port);
  }

  #attempt({ pieces, port, control }: Datagram, ip: string | null): number | Promise<number> {
    if (this.handle.isClosed) return ECANCELED;
    if (ip === null) return this.handle.send({ pieces, address: null, control });
    if (!this.#names.isNumeric(ip)) return EINVAL;
    return this.handle.send({ pieces, address: this.#addressOf(ip, port), control });
  }

  /** Returns an address for the core of the socket, which keeps the encoding of the last frozen one. */
  #addressOf(host: string, port: number): AddressInput<Internet> {
    if (this.#to?.port !== port || this.#to.host !== host) this.#to = Object.freeze({ host, port });
    return this.#to as AddressInput<Internet>;
  }

  // ---- Options ----

  /** Sets whether datagrams can be sent to a broadcast address (`SO_BROADCAST`). */
  setBroadcast(flag: boolean): void {
    this.checkRunning();
    named('setBroadcast', () => this.handle.socket.setOption(so.broadcast, Boolean(flag)));
  }

  /** Sets the maximum number of hops of unicast datagrams, 1 to 255. Returns it. */
  setTTL(ttl: number): number {
    this.checkRunning();
    check.checkNumber(ttl, 'ttl');
    named('setTTL', () => {
      const { socket } = this.handle;
      const hops = checkInteger(ttl | 0, 'ttl', 1, 255);
      if (this.#isV6) socket.setOption(ipv6.unicastHops as never, hops as never);
      else socket.setOption(ip.ttl, hops);
    });
    return ttl;
  }

  /** Sets the maximum number of hops of multicast datagrams, 0 to 255. Returns it. */
  setMulticastTTL(ttl: number): number {
    this.checkRunning();
    check.checkNumber(ttl, 'ttl');
    named('setMulticastTTL', () =>
      multicast.setHops(this.handle.socket, checkInteger(ttl | 0, 'ttl', 0, 255)),
    );
    return ttl;
  }

  /** Sets whether this machine receives the multicast datagrams of this socket. Returns its argument. */
  setMulticastLoopback<T>(flag: T): T {
    this.checkRunning();
    named('setMulticastLoopback', () => multicast.setLoopback(this.handle.socket, Boolean(flag)));
    return flag;
  }

  /**
   * Sets the interface of sent multicast datagrams.
   *
   * @param multicastInterface one of its addresses, `'::%eth1'`, or its name or index
   */
  setMulticastInterface(multicastInterface: string | number): void {
    this.checkRunning();
    if (typeof multicastInterface !== 'number') check.checkString(multicastInterface, 'interfaceAddress');
    named('setMulticastInterface', () =>
      multicast.setInterface(this.handle.socket, group.toInterface(multicastInterface) ?? 0),
    );
  }

  /**
   * Joins a multicast group. An unbound socket is bound to a random port.
   *
   * @param multicastAddress the address of the group
   * @param multicastInterface an address of the interface, its name or index, or an array of several interfaces; the
   *   interface of the route by default
   */
  addMembership(multicastAddress: string, multicastInterface?: group.Interfaces): void {
    this.#change('addMembership', multicastAddress, multicastInterface, undefined);
  }

  /** Leaves a multicast group. See {@link addMembership}. */
  dropMembership(multicastAddress: string, multicastInterface?: group.Interfaces): void {
    this.#change('dropMembership', multicastAddress, multicastInterface, undefined);
  }

  /**
   * Joins a multicast group for one sender.
   *
   * @param sourceAddress the address of the sender
   * @param groupAddress the address of the group
   * @param multicastInterface as in {@link addMembership}
   */
  addSourceSpecificMembership(
    sourceAddress: string,
    groupAddress: string,
    multicastInterface?: group.Interfaces,
  ): void {
    this.#changeSource('addSourceSpecificMembership', sourceAddress, groupAddress, multicastInterface);
  }

  /** Leaves a multicast group for one sender. See {@link addSourceSpecificMembership}. */
  dropSourceSpecificMembership(
    sourceAddress: string,
    groupAddress: string,
    multicastInterface?: group.Interfaces,
  ): void {
    this.#changeSource('dropSourceSpecificMembership', sourceAddress, groupAddress, multicastInterface);
  }

  #changeSource(call: string, source: unknown, address: unknown, interfaces: unknown): void {
    this.checkRunning();
    check.checkString(source, 'sourceAddress');
    check.checkString(address, 'groupAddress');
    this.#change(call, address, interfaces, source as string);
  }

  #change(call: string, address: unknown, interfaces: unknown, source: string | undefined): void {
    this.checkRunning();
    if (!address && source === undefined) throw missingError('multicastAddress');
    const [run, undo] = call.startsWith('add')
      ? [multicast.join, multicast.leave]
      : [multicast.leave, multicast.join];
    group.membership(call, () => {
      this.#openForGroups();
      const { socket } = this.handle;
      const where = { group: String(address), source };
      group.forEach(
        interfaces,
        by => run(socket, { ...where, interface: by }),
        by => undo(socket, { ...where, interface: by }),
      );
    });
  }

  /** Binds a socket that joins a group before it is bound to a random port. It does not receive, as in Node.js. */
  #openForGroups(): void {
    if (this.handle.isOpen) return;
    this.handle.open(socket => {
      socket.setOption(so.reuseaddr, true);
      socket.bind({ host: this.#names.any, port: 0 } as AddressInput<Internet>);
    });
  }

  // ---- Closing ----

  override close(callback?: () => void): this {
    super.close(callback);
    if (this.handle.isClosed) this.#shared?.close();
    this.#shared = this.handle.isClosed ? null : this.#shared;
    return this;
  }
}

/** A datagram to send. The port is 0 for the connected peer. */
interface Datagram {
  readonly pieces: Buffer[];
  readonly port: number;
  readonly host: string;
  readonly control: ReturnType<typeof controlOf> | undefined;
}
