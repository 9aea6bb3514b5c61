/**
 * `instanceof` across copies of the package.
 *
 * A process can load the package twice: two bundles, two versions, the realms of a test runner. Each copy has its own
 * classes, so a plain `error instanceof SocketError` fails for an error of the other copy. Each class therefore marks
 * its prototype with a symbol of the global registry, and `instanceof` also accepts an object that inherits the mark.
 */

const BRAND: unique symbol = Symbol.for('berkeley.error') as never;

type ErrorClass = { readonly name: string; readonly prototype: object };

/** Marks a class, so that `instanceof` recognises it by its name in every copy of the package. */
export function brandError(errorClass: ErrorClass): void {
  Object.defineProperty(errorClass.prototype, BRAND, { value: errorClass.name });
}

/** Marks classes, and makes `instanceof` on `base` and the classes that inherit from it check the mark. */
export function brandErrors(base: ErrorClass, classes: readonly ErrorClass[]): void {
  for (const errorClass of classes) brandError(errorClass);
  // This is not a method of the class, because its declaration would then be part of the public types.
  Object.defineProperty(base, Symbol.hasInstance, { value: hasInstance, configurable: true, writable: true });
}

const isInstance = Function.prototype[Symbol.hasInstance];

function hasInstance(this: { readonly prototype: object }, value: unknown): boolean {
  if (isInstance.call(this, value)) return true;
  // A class that a program derives has no mark, so only its own instances match.
  const brand = Object.getOwnPropertyDescriptor(this.prototype, BRAND)?.value;
  return brand !== undefined && typeof value === 'object' && value !== null && inherits(value, brand);
}

function inherits(value: object, brand: unknown): boolean {
  let prototype: object | null = value;
  while (prototype !== null) {
    if (Object.getOwnPropertyDescriptor(prototype, BRAND)?.value === brand) return true;
    prototype = Object.getPrototypeOf(prototype);
  }
  return false;
}
