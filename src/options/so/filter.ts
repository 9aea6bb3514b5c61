/** Programs that decide what a socket receives, or which of several does. */
import type { Program } from '../../bpf/program.js';
import { nothing } from '../../layout/codec.js';
import { boolean, natural } from '../../layout/numbers.js';
import { programCodec } from '../filter-program.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

const man = 'socket(7), Documentation/networking/filter.rst';

/** Attaches a classic BPF program (`berkeley/bpf`): its result is how many bytes of each packet are kept, 0 drops it. */
export const attachFilter: WriteOnlyOption<Program> = so.writeOnly('SO_ATTACH_FILTER', programCodec, {
  man,
  note: 'what the queue holds already is not filtered',
});

/** Removes the filter, of either kind. */
export const detachFilter: WriteOnlyOption<void> = so.writeOnly('SO_DETACH_FILTER', nothing, { man });

/** The attached classic BPF program; `null` for none. */
export const getFilter: ReadOnlyOption<Program | null> = so.readOnly('SO_GET_FILTER', programCodec, {
  man,
  note: 'EACCES where an extended program is attached',
});

/** Forbids to change the attached filter, or to unlock it, for good. */
export const lockFilter: Option<boolean> = so.readWrite('SO_LOCK_FILTER', boolean, { man });

/** Attaches an extended BPF program, by its descriptor. */
export const attachBpf: WriteOnlyOption<number> = so.writeOnly('SO_ATTACH_BPF', natural, { man });

/** The other name of `so.detachFilter`. */
export const detachBpf: WriteOnlyOption<void> = so.writeOnly('SO_DETACH_BPF', nothing, { man });

/** A classic BPF program that picks the socket of a reuseport group, by its number in the order of binding. */
export const attachReuseportCbpf: WriteOnlyOption<Program, 'inet' | 'inet6'> = so
  .only({ families: ['inet', 'inet6'] })
  .writeOnly('SO_ATTACH_REUSEPORT_CBPF', programCodec, {
    man,
    note: 'the socket has to be in a group: so.reuseport, before bind',
  });

/** An extended BPF program that picks the socket of a reuseport group, by its descriptor. */
export const attachReuseportEbpf: WriteOnlyOption<number, 'inet' | 'inet6'> = so
  .only({ families: ['inet', 'inet6'] })
  .writeOnly('SO_ATTACH_REUSEPORT_EBPF', natural, { man });

/** Removes the program of the reuseport group. */
export const detachReuseportBpf: WriteOnlyOption<void, 'inet' | 'inet6'> = so
  .only({ families: ['inet', 'inet6'] })
  .writeOnly('SO_DETACH_REUSEPORT_BPF', nothing, { man, since: '5.3' });

/** How many of the filter’s ancillary loads the kernel knows: the end of their offsets. */
export const bpfExtensions: ReadOnlyOption<number> = so.readOnly('SO_BPF_EXTENSIONS', natural, { man });
