import { performance } from 'node:perf_hooks';
import type { AddressInput, AddressOf } from '../address/address.js';
import { formatAddress } from '../address/registry.js';
import { SO_REUSEADDR, SO_REUSEPORT, SOL_SOCKET } from '../constants/socket.js';
import { checkObject, checkTimeout, invalidState, isInstance } from '../errors/argument.js';
import { SocketError, TimeoutError } from '../errors/errors.js';
import { Alarm } from '../reactor/alarm.js';
import { checkWaitOptions, type WaitOptions } from '../reactor/wait-options.js';
import { coreOf, Socket } from '../socket/socket.js';
import { ActiveRequests } from './active-requests.js';
import { receiveRequest } from './get-request.js';
import { type AnyHandler, checkHandlerOrModule, type RequestHandler, runHandler } from './handler.js';
import { type AnyKind, type Kind, openSocket } from './kinds.js';
import {
  type CheckedOptions,
  checkServeForever,
  checkServerClose,
  checkServerOptions,
  type ServeForeverOptions,
  type ServerCloseOptions,
  type ServerOptions,
} from './options.js';
import type { ClientAddress, ReceivedRequest, RequestServer, ServerFamily } from './request.js';
import { ServeLoop } from './serve-loop.js';
import { WorkerPool } from './worker-pool.js';

/** The address of a new server, or a socket that is already bound and, for streams, listens. */
export type ServerTarget<F extends ServerFamily> = AddressInput<F> | AddressOf<F> | Socket<F>;

/**
 * What all servers have. Create a {@link TCPServer}, {@link UDPServer}, {@link UnixStreamServer} or
 * {@link UnixDatagramServer}. A subclass of those can define `verifyRequest()`, `processRequest()`, `handleError()`,
 * `handleTimeout()`, `serviceActions()` and the other methods, as in Python.
 *
 * The constructor calls `serverBind()` and `serverActivate()`. In a subclass that defines them, its own fields do not exist
 * yet then.
 */
export abstract class BaseServer<F extends ServerFamily, R> implements RequestServer {
  /** The socket of the server. */
  readonly socket: Socket<F>;
  /** The handler: a class, a function, or the URL of the module that the threads run. */
  readonly handler: RequestHandler<F, R> | URL;
  readonly #kind: Kind<R>;
  readonly #options: CheckedOptions;
  readonly #target: AddressInput<F> | undefined;
  readonly #requests: ActiveRequests<R>;
  readonly #pool: WorkerPool | undefined;
  readonly #hasActions: boolean;
  #address: AddressOf<F> | undefined;
  #timeout: number | null;
  #loop: ServeLoop | undefined;
  #isActing = false;
  #wasExhausted = false;

  /** @internal */
  protected constructor(
    kind: AnyKind,
    address: ServerTarget<F>,
    handler: RequestHandler<F, R> | URL,
    options: ServerOptions<F>,
  ) {
    const isSocket = isInstance(address, Socket);
    if (!isSocket) checkObject(address, 'address');
    const module = checkHandlerOrModule(handler, 'handler');
    this.#options = checkServerOptions(options, kind, isInstance(module, URL));
    this.#kind = kind;
    this.handler = handler;
    this.#timeout = this.#options.timeout;
    this.#requests = new ActiveRequests(this.#options.maxRequests);
    this.#hasActions = this.serviceActions !== BaseServer.prototype.serviceActions;
    this.#target = isSocket ? undefined : (address as AddressInput<F>);
    const { addressFamily, workers, workerOptions } = this.#options;
    this.socket = openSocket(kind, address as object, addressFamily) as unknown as Socket<F>;
    if (isInstance(module, URL)) this.#pool = new WorkerPool(module, workers, workerOptions, this);
    if (!isSocket && this.#options.bindAndActivate) this.#start();
  }

  #start(): void {
    try {
      this.serverBind();
      this.serverActivate();
    } catch (error) {
      this.socket.close();
      throw error;
    }
  }

  /** The address that the server is bound to. It is kept after the server is closed. */
  get serverAddress(): AddressOf<F> {
    if (!this.socket.closed) this.#address = this.socket.getsockname();
    return this.#address ?? this.socket.getsockname();
  }

  /** The file descriptor of the socket, so that a `Selector` can watch the server; -1 once closed. */
  get fd(): number {
    return this.socket.fd;
  }

  /** The limit of {@link handleRequest} in milliseconds; `null` for none. {@link serveForever} does not use it. */
  get timeout(): number | null {
    return this.#timeout;
  }

  /** Sets the limit of {@link handleRequest}. */
  set timeout(timeout: number | null) {
    this.#timeout = checkTimeout(timeout, 'timeout');
  }

  /** The number of requests that are being handled. */
  get activeRequests(): number {
    return this.#requests.size;
  }

  /** Makes waiting for requests keep the process alive. This is the default. */
  ref(): this {
    this.socket.ref();
    return this;
  }

  /** Lets the process exit while the server waits for requests. */
  unref(): this {
    this.socket.unref();
    return this;
  }

  // ---- Serving ----

  /**
   * Handles requests until {@link shutdown} is called, or the server is closed. Several requests are handled at the same time,
   * at most `maxRequests`; the promise does not wait for those that are still being handled at the end.
   *
   * If the process or the system has no free descriptors or memory, the server emits a warning and tries again every 100 ms.
   *
   * @param options `signal`, `pollInterval` (milliseconds, 500 by default)
   * @throws the signal's reason; an error of {@link handleError} or {@link serviceActions}
   * @throws Error `ERR_INVALID_STATE` if `serveForever()` is already running
   * @throws SocketError if no request can be received: `EINVAL` if the socket does not listen, …
   */
  async serveForever(options: ServeForeverOptions = {}): Promise<void> {
    const { signal, pollInterval } = checkServeForever(options);
    if (this.#loop !== undefined) throw invalidState('serveForever() of this server is already running');
    signal?.throwIfAborted();
    const loop = new ServeLoop();
    this.#loop = loop;
    const onAbort = (): void => void loop.fail(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    const timer = this.#hasActions ? setInterval(() => this.#act(loop), pollInterval).unref() : undefined;
    try {
      await loop.run(stop => this.#serveOne(loop, stop));
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#loop = undefined;
      loop.end();
    }
  }

  async #serveOne(loop: ServeLoop, stop: AbortSignal): Promise<void> {
    if (this.#requests.isFull) {
      await this.#requests.nextEnd(stop);
      return;
    }
    try {
      const received = await this.getRequest({ signal: stop });
      this.#handle(received).catch(error => {
        // The promise of the loop can no longer report it.
        if (!loop.fail(error)) console.error('handleError() failed:', error);
      });
    } catch (error) {
      // Closing the server is a regular way to end the loop.
      if (!(this.socket.closed && error instanceof SocketError && error.code === 'EBADF')) throw error;
      loop.stop();
    }
    if (this.#hasActions) this.#act(loop);
  }

  #act(loop: ServeLoop): void {
    if (this.#isActing) return;
    this.#isActing = true;
    const act = async (): Promise<void> => this.serviceActions();
    act()
      .catch(error => loop.fail(error))
      .finally(() => {
        this.#isActing = false;
      });
  }

  /**
   * Waits for one request and handles it. If none arrives within {@link timeout}, it calls {@link handleTimeout}.
   *
   * @param options `timeout` in milliseconds instead of the property, `signal`
   * @throws as {@link serveForever}
   */
  async handleRequest(options: WaitOptions = {}): Promise<void> {
    const { signal, timeout = this.#timeout } = checkWaitOptions(options);
    let received: ReceivedRequest<F, R>;
    try {
      received = await this.getRequest({ signal, timeout });
    } catch (error) {
      if (!isOver(error, timeout)) throw error;
      await this.handleTimeout();
      return;
    }
    await this.#handle(received);
  }

  /**
   * Ends {@link serveForever}. It can be called in a handler. Requests that are being handled continue.
   *
   * @returns a promise that is resolved when the loop has ended; immediately if none runs
   */
  async shutdown(): Promise<void> {
    const loop = this.#loop;
    loop?.stop();
    await loop?.ended;
  }

  /**
   * Ends {@link serveForever}, closes the socket, and waits until the requests that are being handled have ended, unless
   * `blockOnClose` is false. The threads end then. Do not wait for it in a handler: it would wait for itself.
   *
   * The socket of a datagram server is closed last, because the replies need it. The path of a Unix socket is not removed.
   *
   * @param options `timeout`: the time in milliseconds after which the connections of remaining requests are shut down and
   *   the threads are terminated; no limit by default
   */
  async serverClose(options: ServerCloseOptions = {}): Promise<void> {
    const limit = checkServerClose(options);
    const { sharesSocket } = this.#kind.transport;
    if (!this.socket.closed) this.#address = this.socket.getsockname();
    this.#loop?.stop();
    if (!sharesSocket) this.socket.close();
    const drained = this.#drain(limit).finally(() => this.socket.close());
    if (this.#options.blockOnClose) await drained;
  }

  async #drain(limit: number | null): Promise<void> {
    const late = new AbortController();
    const alarm = limit === null ? undefined : new Alarm(performance.now() + limit, () => late.abort(), true);
    const isDrained = await this.#requests.drained(late.signal);
    alarm?.clear();
    if (!isDrained) for (const request of this.#requests) this.#kind.transport.abort(request);
    await this.#pool?.close();
  }

  /** Shuts the server down and closes it, at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
    await this.serverClose();
  }

  // ---- Methods that a subclass can define ----

  /** Binds the socket, with the options `allowReuseAddress` and `allowReusePort`. */
  serverBind(): void {
    if (this.#target === undefined) return;
    const { allowReuseAddress, allowReusePort } = this.#options;
    if (allowReuseAddress) this.socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
    if (allowReusePort) this.socket.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
    this.socket.bind(this.#target);
    this.#address = this.socket.getsockname();
  }

  /** Makes a stream socket listen, with the option `requestQueueSize`. */
  serverActivate(): void {
    if (this.#kind.transport.listens) this.socket.listen(this.#options.requestQueueSize);
  }

  /**
   * Waits for a request: accepts a connection, or receives a datagram.
   *
   * @param options `timeout` in milliseconds, `signal`; no limit by default
   * @throws as {@link Socket.accept} and {@link Socket.recvfrom}
   */
  async getRequest(options?: WaitOptions): Promise<ReceivedRequest<F, R>> {
    const wait = checkWaitOptions(options);
    const { transport } = this.#kind;
    const { socket } = this as unknown as BaseServer<ServerFamily, R>;
    const { maxPacketSize } = this.#options;
    return receiveRequest<ReceivedRequest<F, R>>(
      {
        syscall: transport.syscall,
        isLost: code => transport.isLost(code),
        receive: rest => transport.receive(socket, maxPacketSize, rest) as Promise<ReceivedRequest<F, R>>,
        isRef: () => coreOf(socket).handle.isRef,
        onExhausted: code => this.#warn(code),
      },
      wait,
    );
  }

  #warn(code: string): void {
    if (this.#wasExhausted) return;
    this.#wasExhausted = true;
    const { syscall } = this.#kind.transport;
    process.emitWarning(`${syscall} ${code}: clients wait until resources are free`, 'ResourceWarning');
  }

  /** Returns whether to handle a request. If not, it is closed. The default returns `true`. */
  verifyRequest(_request: R, _clientAddress: ClientAddress<F>): boolean | Promise<boolean> {
    return true;
  }

  /**
   * Handles a request, and ends it with {@link shutdownRequest}. If the handler is a module, a thread does both, and this
   * thread frees its own descriptor with {@link closeRequest}.
   */
  async processRequest(request: R, clientAddress: ClientAddress<F>): Promise<void> {
    if (this.#pool !== undefined) {
      const handover = this.#kind.transport.handover(request);
      await this.#pool.run(handover, clientAddress, () => this.closeRequest(request));
      return;
    }
    await this.finishRequest(request, clientAddress);
    await this.shutdownRequest(request);
  }

  /** Runs the handler in this thread. */
  async finishRequest(request: R, clientAddress: ClientAddress<F>): Promise<void> {
    await runHandler(this.handler as AnyHandler, request, clientAddress, this);
  }

  /** Ends a request that was handled: shuts a connection down for sending, and closes it. */
  shutdownRequest(request: R): void | Promise<void> {
    this.#kind.transport.shutdown(request);
    return this.closeRequest(request);
  }

  /** Frees the descriptor of a request: closes a connection. */
  closeRequest(request: R): void | Promise<void> {
    this.#kind.transport.close(request);
  }

  /**
   * Handles an error of a handler, of {@link verifyRequest} or of {@link processRequest}. The default prints it, and the server
   * continues. An error that it throws ends {@link serveForever}.
   *
   * @param error the error; a copy if a thread has thrown it
   * @param _request the request, which is closed afterwards
   * @param clientAddress the address of the client
   */
  handleError(error: unknown, _request: R, clientAddress: ClientAddress<F>): void | Promise<void> {
    const client = clientAddress === null ? 'a client without an address' : formatAddress(clientAddress);
    console.error(`The request of ${client} failed:`, error);
  }

  /** Called by {@link handleRequest} if no request has arrived in time. The default does nothing. */
  handleTimeout(): void | Promise<void> {}

  /**
   * Called by {@link serveForever} after each request and at the interval `pollInterval`, but not while a previous call is
   * running. The default does nothing.
   */
  serviceActions(): void | Promise<void> {}

  #handle([request, clientAddress]: ReceivedRequest<F, R>): Promise<void> {
    return this.#requests.run(request, async () => {
      try {
        if (await this.verifyRequest(request, clientAddress))
          await this.processRequest(request, clientAddress);
        else await this.shutdownRequest(request);
      } catch (error) {
        try {
          await this.handleError(error, request, clientAddress);
        } finally {
          await this.shutdownRequest(request);
        }
      }
    });
  }
}

/** Returns whether an error means that no request arrived in time. */
function isOver(error: unknown, timeout: number | null): boolean {
  if (error instanceof TimeoutError) return error.timeout !== undefined;
  return timeout === 0 && error instanceof SocketError && error.code === 'EAGAIN';
}
