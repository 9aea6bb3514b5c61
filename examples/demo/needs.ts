/** Checks for requirements of the examples. Each function returns what is missing and how to install it. */
import {
  AF_CAN,
  AF_INET,
  CAN_RAW,
  IPPROTO_UDP,
  if_nametoindex,
  SOCK_DGRAM,
  SOCK_RAW,
  Socket,
  SocketError,
} from 'berkeley';

/** The interface that the CAN programs use. */
export const CAN_INTERFACE = 'vcan0';

function lacks(attempt: () => void, need: (error: SocketError) => string): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof SocketError) return need(error);
    throw error;
  }
}

export function rawSockets(): string | undefined {
  return lacks(
    () => new Socket(AF_INET, SOCK_RAW, IPPROTO_UDP).close(),
    ({ code }) => `raw sockets (${code}): run it as root, or with CAP_NET_RAW`,
  );
}

/** Checks for a CAN protocol that has its own kernel module. */
export function canProtocol(protocol: number, module: string): () => string | undefined {
  return () =>
    canInterface() ??
    lacks(
      () => new Socket(AF_CAN, SOCK_DGRAM, protocol).close(),
      ({ code }) => `${module} (${code}): modprobe ${module}`,
    );
}

export function canInterface(): string | undefined {
  const family = lacks(
    () => new Socket(AF_CAN, SOCK_RAW, CAN_RAW).close(),
    ({ code }) => `CAN sockets (${code}): a kernel with CAN, and modprobe can-raw vcan`,
  );
  if (family !== undefined) return family;
  return lacks(
    () => if_nametoindex(CAN_INTERFACE),
    () =>
      `${CAN_INTERFACE}: modprobe vcan; ip link add ${CAN_INTERFACE} type vcan; ip link set ${CAN_INTERFACE} up`,
  );
}
