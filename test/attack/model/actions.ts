/** The actions of a run: of the program, of the kernel and of the time. */
import fc, { type Arbitrary } from 'fast-check';

/** The kinds of sockets that a program opens. */
export type SocketKind = 'tcp' | 'unix' | 'datagram';

/** Something that the kernel does to a socket. */
export type KernelAction =
  | { readonly do: 'arrive'; readonly socket: number; readonly count: number }
  | { readonly do: 'end'; readonly socket: number }
  | { readonly do: 'reset'; readonly socket: number }
  | { readonly do: 'space'; readonly socket: number; readonly count: number; readonly cut: number }
  | { readonly do: 'receiver'; readonly socket: number; readonly isFull: boolean }
  | { readonly do: 'false event'; readonly socket: number };

/** A call of the program. */
export type CallAction = {
  readonly do: 'call';
  readonly what: 'recv' | 'recvInto' | 'recvAll' | 'chunk' | 'send' | 'sendAll';
  readonly socket: number;
  readonly size: number;
  /** `null` waits without a limit, 0 never waits. */
  readonly timeout: number | null;
  readonly isAbortable: boolean;
  /** Whether the call blocks the thread; then this happens meanwhile, after so many milliseconds. */
  readonly sync: null | { readonly after: number; readonly action: KernelAction };
};

export type Action =
  | KernelAction
  | CallAction
  | { readonly do: 'loop'; readonly socket: number; readonly count: number }
  | { readonly do: 'burst'; readonly call: CallAction; readonly count: number }
  | { readonly do: 'abort'; readonly socket: number; readonly call: number }
  | { readonly do: 'close'; readonly socket: number }
  | { readonly do: 'open'; readonly kind: SocketKind }
  | { readonly do: 'ref'; readonly socket: number; readonly isRef: boolean }
  | { readonly do: 'events' }
  | { readonly do: 'immediates' }
  | { readonly do: 'time'; readonly milliseconds: number; readonly isLate: boolean };

/** An action on one of the open sockets. */
export type ActionOnSocket = Extract<Action, { socket: number }>;

const socket = fc.nat(2);
const few = fc.integer({ min: 1, max: 12 });

function action<T extends object>(fields: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<T> {
  return fc.record(fields, { noNullPrototype: true }) as Arbitrary<T>;
}

const kernel: Arbitrary<KernelAction> = fc.oneof(
  {
    weight: 8,
    arbitrary: action<KernelAction & { do: 'arrive' }>({ do: fc.constant('arrive'), socket, count: few }),
  },
  {
    weight: 4,
    arbitrary: action<KernelAction & { do: 'space' }>({
      do: fc.constant('space'),
      socket,
      count: fc.nat(40),
      cut: few,
    }),
  },
  { weight: 1, arbitrary: action<KernelAction & { do: 'end' }>({ do: fc.constant('end'), socket }) },
  { weight: 1, arbitrary: action<KernelAction & { do: 'reset' }>({ do: fc.constant('reset'), socket }) },
  {
    weight: 2,
    arbitrary: action<KernelAction & { do: 'receiver' }>({
      do: fc.constant('receiver'),
      socket,
      isFull: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: action<KernelAction & { do: 'false event' }>({ do: fc.constant('false event'), socket }),
  },
);

const timeout = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 40 }) },
);

const call: Arbitrary<CallAction> = action<CallAction>({
  do: fc.constant('call'),
  what: fc.constantFrom('recv', 'recv', 'recvInto', 'recvAll', 'chunk', 'send', 'sendAll'),
  socket,
  size: fc.oneof(few, fc.integer({ min: 13, max: 100 })),
  timeout,
  isAbortable: fc.boolean(),
  sync: fc.oneof(
    { weight: 5, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ after: fc.nat(30), action: kernel }, { noNullPrototype: true }) },
  ),
});

type Of<Do extends Action['do']> = Extract<Action, { do: Do }>;

/** Any action. */
const any: Arbitrary<Action> = fc.oneof(
  { weight: 12, arbitrary: call },
  { weight: 10, arbitrary: kernel },
  { weight: 6, arbitrary: fc.constant<Action>({ do: 'events' }) },
  { weight: 4, arbitrary: fc.constant<Action>({ do: 'immediates' }) },
  {
    weight: 3,
    arbitrary: action<Of<'time'>>({
      do: fc.constant('time'),
      milliseconds: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom(0.3, 0.75, 1.5, 120)),
      isLate: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: action<Of<'abort'>>({ do: fc.constant('abort'), socket, call: fc.nat(9) }) },
  { weight: 1, arbitrary: action<Of<'close'>>({ do: fc.constant('close'), socket }) },
  {
    weight: 1,
    arbitrary: action<Of<'open'>>({
      do: fc.constant('open'),
      kind: fc.constantFrom('tcp', 'unix', 'datagram'),
    }),
  },
  {
    weight: 1,
    arbitrary: action<Of<'burst'>>({
      do: fc.constant('burst'),
      call: call.map(one => ({ ...one, sync: null })),
      count: fc.constantFrom(70, 300),
    }),
  },
  { weight: 1, arbitrary: action<Of<'ref'>>({ do: fc.constant('ref'), socket, isRef: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: action<Of<'loop'>>({
      do: fc.constant('loop'),
      socket,
      count: fc.constantFrom(5, 20, 20, 1500),
    }),
  },
);

/** The kinds of the sockets that a run starts with, and what happens. */
export interface Script {
  readonly kinds: readonly SocketKind[];
  readonly actions: readonly Action[];
}

export const script: Arbitrary<Script> = fc.record(
  {
    kinds: fc.array(fc.constantFrom('tcp', 'unix', 'datagram'), { minLength: 1, maxLength: 3 }),
    actions: fc.array(any, { maxLength: 60, size: 'max' }),
  },
  { noNullPrototype: true },
);
