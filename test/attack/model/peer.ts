/** What the kernel does to a socket, because of its peer or by itself, with the events that it reports. */
import type { KernelAction } from './actions.js';
import {
  ECONNREFUSED,
  ECONNRESET,
  type Kernel,
  type OpenFile,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  POLLRDHUP,
} from './kernel.js';

type Of<Do extends KernelAction['do']> = Extract<KernelAction, { do: Do }>;

const acts: {
  readonly [Do in KernelAction['do']]: (kernel: Kernel, file: OpenFile, action: Of<Do>) => void;
} = {
  arrive(kernel, file, { count }) {
    if (file.isAtEnd || file.isReset) return;
    file.arrived += count;
    if (file.kind !== 'tcp') file.boundaries.push(file.arrived);
    kernel.signal(file, POLLIN);
  },
  end(kernel, file) {
    file.isAtEnd = true;
    kernel.signal(file, POLLIN | POLLRDHUP);
  },
  reset(kernel, file) {
    if (file.isReset) return;
    if (file.kind === 'datagram') {
      file.errno = ECONNREFUSED; // a message of ICMP: the socket goes on
      kernel.signal(file, POLLERR);
      return;
    }
    file.isReset = true;
    file.errno = ECONNRESET;
    kernel.signal(file, POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP);
  },
  space(kernel, file, { count, cut }) {
    file.cut = cut;
    file.space += count;
    if (count > 0) kernel.signal(file, POLLOUT);
  },
  receiver(_kernel, file, { isFull }) {
    file.isReceiverFull = isFull;
  },
  'false event'(kernel, file) {
    kernel.signal(file, POLLIN | POLLOUT, true);
  },
};

/** Makes the kernel act. */
export function act(kernel: Kernel, file: OpenFile, action: KernelAction): void {
  (acts[action.do] as (kernel: Kernel, file: OpenFile, action: KernelAction) => void)(kernel, file, action);
}
