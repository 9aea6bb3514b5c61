import { checkFunction, invalidType, isInstance } from '../errors/argument.js';
import { type BaseRequestHandler, RELEASE } from './base-request-handler.js';
import type { ClientAddress, RequestServer, ServerFamily } from './request.js';

/**
 * A function that handles requests. The request ends when the function returns, or when its promise settles.
 *
 * @param request the connection of a stream server, or `{ data, socket }` of a datagram server
 * @param clientAddress the address of the client
 * @param server the server
 */
export type RequestHandlerFunction<F extends ServerFamily, R> = {
  /** Handles a request. As the type of a method, it accepts functions for a more specific server. */
  handle(request: R, clientAddress: ClientAddress<F>, server: RequestServer): unknown;
}['handle'];

/** A class that handles requests: one instance is created for each request. See {@link BaseRequestHandler}. */
export type RequestHandlerClass<F extends ServerFamily, R> = {
  // biome-ignore lint/suspicious/noExplicitAny: a handler can be for a more specific family or server
  new (request: R, clientAddress: ClientAddress<F>, server: any): BaseRequestHandler<any, any, any>;
};

/** Handles requests: a class, or a function. */
export type RequestHandler<F extends ServerFamily, R> =
  | RequestHandlerClass<F, R>
  | RequestHandlerFunction<F, R>;

/** A handler for any request. */
export type AnyHandler = RequestHandler<ServerFamily, never>;

/** Checks a handler, and returns it. */
export function checkHandler(handler: unknown, argument: string): AnyHandler {
  checkFunction(handler, argument);
  return handler as AnyHandler;
}

/** Checks a handler, or the module of one. */
export function checkHandlerOrModule(handler: unknown, argument: string): AnyHandler | URL {
  if (isInstance(handler, URL)) return handler;
  if (typeof handler !== 'function')
    throw invalidType(argument, 'a class, a function, or the URL of a module', handler);
  return handler as AnyHandler;
}

/** Whether a handler is a class. Only the method counts: it can be a class of another copy of this package. */
function isClass(handler: AnyHandler): handler is RequestHandlerClass<ServerFamily, never> {
  return typeof (handler as { prototype?: Partial<BaseRequestHandler> }).prototype?.handle === 'function';
}

/** Runs a handler until the request has been handled. */
export async function runHandler(
  handler: AnyHandler,
  request: unknown,
  clientAddress: unknown,
  server: RequestServer,
): Promise<void> {
  const args = [request, clientAddress, server] as [never, never, never];
  if (!isClass(handler)) {
    await handler(...args);
    return;
  }
  const instance: BaseRequestHandler = new handler(...args);
  try {
    await instance.setup();
    try {
      await instance.handle();
    } finally {
      await instance.finish();
    }
  } finally {
    // A subclass that replaces finish(), or a setup() that throws, must not leave a connection open.
    await instance[RELEASE]?.();
  }
}
