/** An echo server in its own process. The argument is its name in servers.ts. Every message is answered with its usage. */
import { type ServerName, servers } from './servers.js';
import { usage } from './usage.js';

const port = await servers[process.argv[2] as ServerName]();
process.on('message', () => void usage().then(used => process.send!(used)));
process.send!({ port });
