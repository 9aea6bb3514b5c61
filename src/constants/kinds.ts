/**
 * What a constant is an argument of, for the compiler: `setsockopt(TCP_NODELAY, IPPROTO_TCP, 1)` does not compile,
 * because an option name is not a level. Every type here is a number and can be used as one.
 *
 * A plain number is accepted as a type, a protocol, a level or an option name, because `SOCK_STREAM | SOCK_NONBLOCK` is
 * a plain number to the compiler. A constant of another kind is not. Families and {@link ShutdownHow} are strict: a
 * plain number needs a cast, such as `2 as Family<'inet'>`.
 */
declare const kind: unique symbol;
declare const family: unique symbol;

/** A number that is of a kind, or a plain number. */
type Kind<K extends string> = number & { readonly [kind]?: K };

/**
 * An address family number whose type names the family: `AF_CAN` is the number 29 with the type `Family<'can'>`,
 * so that `new Socket(AF_CAN, …)` is a `Socket<'can'>` and takes only CAN addresses.
 */
export type Family<Name extends string = string> = number & {
  readonly [kind]: 'address family';
  readonly [family]: Name;
};

/** A socket type: one of the `SOCK_` constants, with flags such as `SOCK_NONBLOCK`. */
export type SocketType = Kind<'socket type'>;

/** A protocol of a family, the third argument of `new Socket`: `IPPROTO_TCP`, `CAN_RAW`, `NETLINK_ROUTE`. */
export type Protocol = Kind<'protocol' | 'protocol and level'>;

/** A protocol that is also a level of options, such as `IPPROTO_TCP`. It is a {@link Protocol} and an {@link OptionLevel}. */
export type ProtocolLevel = Kind<'protocol and level'>;

/** A level of options that is not a protocol, such as `SOL_SOCKET`. */
export type SolLevel = Kind<'option level'>;

/** A level of options: a `SOL_` or `IPPROTO_` constant; `AF_VSOCK` for the options of vsock. */
export type OptionLevel = Kind<'option level' | 'protocol and level'> | Family<'vsock'>;

/** The name of an option: `SO_REUSEADDR`, `TCP_NODELAY`. */
export type OptionName = Kind<'option name'>;

/** Which directions `shutdown()` closes: `SHUT_RD`, `SHUT_WR` or `SHUT_RDWR`. */
export type ShutdownHow = number & { readonly [kind]: 'shutdown how' };
