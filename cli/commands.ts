/** The work of the commands that need sockets. It is loaded when one of them runs, because it loads the addon. */
export { dump } from './dump/dump.js';
export { monitor } from './monitor/monitor.js';
export { nc } from './nc/nc.js';
export { ping } from './ping/ping.js';
export { ss } from './ss/ss.js';
export { trace } from './trace/trace.js';
