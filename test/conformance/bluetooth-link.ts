/** Two Bluetooth controllers that are connected to each other, for the Bluetooth rows. */
import { AF_BLUETOOTH, BTPROTO_RFCOMM, SOCK_STREAM, Socket } from 'berkeley';
import { type Air, startAir } from '../support/bluetooth.js';

/** The channel of the connection that keeps the link up. */
const KEPT = 30;

let air: Air | undefined;
let ends: readonly { close(): void }[] = [];

/**
 * Connects the two controllers. The kernel sets up the link and its RFCOMM session with the first connection,
 * and takes them down after the last. A client that connects while they are taken down is reset, so one
 * connection stays open.
 */
async function keepLink(address: string): Promise<void> {
  const open = () => new Socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM);
  using server = open();
  server.bind({ address, channel: KEPT });
  server.listen();
  const client = open();
  await client.connect({ address, channel: KEPT });
  const { socket } = await server.accept();
  ends = [client, socket];
}

/** Starts the controllers. */
export async function startBluetooth(): Promise<void> {
  air = await startAir();
  await keepLink(air.two.address);
}

/** Stops the controllers. */
export async function stopBluetooth(): Promise<void> {
  for (const end of ends) end.close();
  await air?.[Symbol.asyncDispose]();
  air = undefined;
}

/** The address of the controller that clients connect to. */
export function controllerAddress(): string {
  if (air === undefined) throw new Error('the controllers are not started');
  return air.two.address;
}
