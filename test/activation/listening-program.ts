/** A service: prints what the service manager has passed to it, and answers one connection on each socket. */
import { writeSync } from 'node:fs';
import { type ListenFdsOptions, listenFds } from 'berkeley/activation';

const options: ListenFdsOptions = { unset: true };
const passed = listenFds(options);
const again = listenFds().length;
const sockets = passed.map(descriptor => descriptor.toSocket());
const told = passed.map(({ fd, name }, i) => ({
  fd,
  name,
  address: sockets[i]!.getsockname(),
  inheritable: sockets[i]!.getInheritable(),
}));
writeSync(1, `${JSON.stringify({ told, again, pid: process.env.LISTEN_PID ?? null })}\n`);
for (const server of sockets) {
  const { socket } = await server.accept({ timeout: 20_000 });
  await socket.sendAll('served');
  socket.close();
  server.close();
}
