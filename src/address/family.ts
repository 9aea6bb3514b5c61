declare const brand: unique symbol;

/**
 * An address family number that knows which family it is: `AF_CAN` is the number 29 with the type `Family<'can'>`,
 * so that `new Socket(AF_CAN, …)` is a `Socket<'can'>` and takes only CAN addresses.
 */
export type Family<Name extends string = string> = number & { readonly [brand]: Name };
