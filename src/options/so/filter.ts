/** Options for BPF programs that filter received packets or select a socket of a group. */
import type { Program } from '../../bpf/program.js';
import { nothing } from '../../layout/codec.js';
import { boolean, natural } from '../../layout/numbers.js';
import { programCodec } from '../filter-program.js';
import { so } from '../levels.js';
import type { Option, ReadOnlyOption, WriteOnlyOption } from '../option.js';

const man = 'socket(7), Documentation/networking/filter.rst';

/**
 * Attaches a classic BPF program (`berkeley/bpf`). Its result is the number of bytes of the packet to keep; 0 drops the
 * packet.
 */
export const attachFilter: WriteOnlyOption<Program> = so.writeOnly('SO_ATTACH_FILTER', programCodec, {
  man,
  note: 'packets that are already in the queue are not filtered',
});

/** Removes the filter, classic or extended. */
export const detachFilter: WriteOnlyOption<void> = so.writeOnly('SO_DETACH_FILTER', nothing, { man });

/** The attached classic BPF program; `null` for none. */
export const getFilter: ReadOnlyOption<Program | null> = so.readOnly('SO_GET_FILTER', programCodec, {
  man,
  note: 'EACCES if an extended program is attached',
});

/** Permanently prevents changes of the attached filter. It cannot be unlocked. */
export const lockFilter: Option<boolean> = so.readWrite('SO_LOCK_FILTER', boolean, { man });

/** Attaches an extended BPF program, by its file descriptor. */
export const attachBpf: WriteOnlyOption<number> = so.writeOnly('SO_ATTACH_BPF', natural, { man });

/** Another name of `so.detachFilter`. */
export const detachBpf: WriteOnlyOption<void> = so.writeOnly('SO_DETACH_BPF', nothing, { man });

/** A classic BPF program that selects the socket of a reuseport group, by its index in the order of binding. */
export const attachReuseportCbpf: WriteOnlyOption<Program, 'inet' | 'inet6'> = so
  .only({ families: ['inet', 'inet6'] })
  .writeOnly('SO_ATTACH_REUSEPORT_CBPF', programCodec, {
    man,
    note: 'the socket must be in a group: set so.reuseport before bind',
  });

/** An extended BPF program that selects the socket of a reuseport group, by its file descriptor. */
export const attachReuseportEbpf: WriteOnlyOption<number, 'inet' | 'inet6'> = so
  .only({ families: ['inet', 'inet6'] })
  .writeOnly('SO_ATTACH_REUSEPORT_EBPF', natural, { man });

/** Removes the program of a reuseport group. */
export const detachReuseportBpf: WriteOnlyOption<void, 'inet' | 'inet6'> = so
  .only({ families: ['inet', 'inet6'] })
  .writeOnly('SO_DETACH_REUSEPORT_BPF', nothing, { man, since: '5.3' });

/** The number of ancillary loads that the kernel’s filter supports: the end of their offsets. */
export const bpfExtensions: ReadOnlyOption<number> = so.readOnly('SO_BPF_EXTENSIONS', natural, { man });
