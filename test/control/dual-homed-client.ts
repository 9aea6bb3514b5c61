/**
 * The client of dual-homed.test.ts. It sends to each given address, and prints the source of each answer as
 * JSON.
 */
import { AF_INET, AF_INET6, SOCK_DGRAM, Socket } from 'berkeley';

const [sizes, ...hosts] = process.argv.slice(2);
using inet = new Socket(AF_INET, SOCK_DGRAM);
using inet6 = new Socket(AF_INET6, SOCK_DGRAM);
for (const host of hosts) {
  const socket = (host.includes(':') ? inet6 : inet) as Socket<'inet' | 'inet6'>;
  for (const size of sizes!.split(',').map(Number)) {
    // The first packet over a new cable may have to wait for neighbour discovery.
    await socket.sendto(Buffer.alloc(size), { host, port: 7000 });
    const { data, address } = await socket.recvfrom(100, { timeout: 10_000 });
    console.log(JSON.stringify({ asked: host, answered: address!.host, size, told: Number(data) }));
  }
}
