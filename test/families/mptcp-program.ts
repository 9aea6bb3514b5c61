/**
 * The client of the Multipath TCP tests, inside its network namespace: `mptcp-program.js <host> <port>
 * <subflows>`. It waits until it has that many additional subflows, and prints the state of its connection.
 */
import { AF_INET, AF_INET6, IPPROTO_MPTCP, SOCK_STREAM, Socket } from 'berkeley';
import { mptcp } from 'berkeley/options';
import { waitFor } from '../support/running.js';

const [host = '', port = '', wanted = ''] = process.argv.slice(2);
const family = host.includes(':') ? (AF_INET6 as unknown as typeof AF_INET) : AF_INET;
using socket = new Socket(family, SOCK_STREAM, IPPROTO_MPTCP);
await socket.connect({ host, port: Number(port) }, { timeout: 20_000 });
await socket.sendAll('begin'); // no further subflow is created until data was acknowledged
let at = { subflows: 0 };
try {
  await waitFor('its subflows', () => {
    at = socket.getOption(mptcp.info);
    return at.subflows >= Number(wanted);
  });
} catch {}
const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
const addresses = socket.getOption(mptcp.subflowAddrs);
const states = socket.getOption(mptcp.tcpinfo).map(({ state }) => state);
console.log(JSON.stringify({ info: at, addresses, states, local: socket.getsockname() }, plain));
await socket.recv(100); // until the test has inspected the connection
