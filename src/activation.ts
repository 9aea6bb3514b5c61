/**
 * Entry point `berkeley/activation`: what a service and its service manager tell each other. It covers the sockets and
 * descriptors that systemd passes (sd_listen_fds(3)), the state that the service reports (sd_notify(3)), the watchdog
 * (sd_watchdog_enabled(3)) and the journal’s native protocol.
 *
 * ```ts
 * import { listenFds, notify, startWatchdog } from 'berkeley/activation';
 *
 * const [http] = listenFds();
 * if (http === undefined) throw new Error('start this program through its .socket unit');
 * const server = http.toSocket();
 * startWatchdog();
 * await notify({ ready: true, status: 'Waiting for connections' });
 * for await (const { socket } of server.connections()) serve(socket);
 * ```
 *
 * Outside of a service manager nothing is passed and nobody listens: `listenFds()` is empty and `notify()` returns
 * `false`, so the same program runs in a terminal. The protocols exist on Linux only.
 *
 * @packageDocumentation
 */
export { isJournalStream, Journal } from './activation/journal.js';
export type { JournalFields, JournalValue } from './activation/journal-entry.js';
export { type ListenFdsOptions, listenFds, PassedDescriptor } from './activation/listen-fds.js';
export { notify, notifyBarrier, notifySync } from './activation/notify.js';
export type { ServiceState } from './activation/service-state.js';
export { forgetFds, type StoreOptions, storeFds } from './activation/store.js';
export { startWatchdog, type WatchdogCheck, watchdogTimeout } from './activation/watchdog.js';
