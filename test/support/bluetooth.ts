/** Virtual controllers in one radio environment, made by BlueZ's btvirt; and the kernel's management interface. */
import { readdirSync, realpathSync } from 'node:fs';
import { AF_BLUETOOTH, BTPROTO_HCI, SOCK_RAW, Socket } from 'berkeley';
import { HCI_CHANNEL_CONTROL, HCI_DEV_NONE } from 'berkeley/constants';
import { needsSocket, type Skip } from './kernel.js';
import { Child, waitFor } from './running.js';

export const needsBluetooth: Skip = needsSocket('AF_BLUETOOTH', AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);

/** Debian 12's emulator does not support voice. BTVIRT can name a newer one. */
const emulator = process.env.BTVIRT ?? 'btvirt';

export interface Controller {
  /** `hci1` */
  readonly name: string;
  readonly device: number;
  readonly address: string;
  /** The description that `hciconfig` prints. */
  readonly description: string;
}

/** Two controllers that are up and connectable. */
export interface Air extends AsyncDisposable {
  readonly one: Controller;
  readonly two: Controller;
}

export const hciconfig = (...args: string[]): Promise<string> => new Child('hciconfig', args).ends();

const folder = '/sys/class/bluetooth';

function virtualControllers(): string[] {
  return readdirSync(folder)
    .filter(name => /^hci\d+$/.test(name) && realpathSync(`${folder}/${name}`).includes('/virtual/'))
    .sort();
}

async function bringUp(name: string): Promise<Controller> {
  await waitFor(`${name} is up`, () =>
    hciconfig(name, 'up', 'piscan').then(
      () => true,
      () => false,
    ),
  );
  const description = await hciconfig(name);
  const address = /BD Address: (\S+)/.exec(description)![1]!;
  return { name, device: Number(name.slice(3)), address, description };
}

/** Only one emulator runs at a time: each test file waits until the other's has ended. */
const start = `while ls -l ${folder} | grep -q virtual; do sleep 0.1; done; echo alone; exec ${emulator} -l3`;

/**
 * Starts the emulator. Its first controller is not usable: btvirt answers it only once the others exist. By then the
 * kernel has stopped setting it up, but still considers it as being set up.
 */
export async function startAir(): Promise<Air> {
  const btvirt = new Child('flock', ['--no-fork', '/tmp/berkeley-btvirt.lock', 'sh', '-c', start]);
  try {
    await btvirt.prints(/alone/);
    await waitFor('there are controllers', () => virtualControllers().length === 3);
    const [, one, two] = virtualControllers();
    const controllers = { one: await bringUp(one!), two: await bringUp(two!) };
    return { ...controllers, [Symbol.asyncDispose]: () => btvirt[Symbol.asyncDispose]() };
  } catch (error) {
    await btvirt[Symbol.asyncDispose]();
    throw error;
  }
}

/** Waits until no link is left. The kernel keeps a link for two seconds, in case it is used again. */
export function waitForSilence(): Promise<boolean> {
  return waitFor('no link is left', async () => !/handle/.test(await new Child('hcitool', ['con']).ends()));
}

const wait = { timeout: 20_000 };
const [commandComplete, commandStatus, headSize] = [1, 2, 6];

/** A socket for the kernel's management interface: doc/mgmt-api.txt of BlueZ. */
export class Management implements Disposable {
  readonly #socket: Socket<'bluetooth'> = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);

  constructor() {
    this.#socket.bind({ device: HCI_DEV_NONE, channel: HCI_CHANNEL_CONTROL });
  }

  /** Sends a command. Returns the status and the data of the answer. */
  async ask(
    opcode: number,
    device: number = HCI_DEV_NONE,
    parameters = '',
  ): Promise<{ status: number; data: Buffer }> {
    const head = Buffer.from(new Uint16Array([opcode, device, parameters.length / 2]).buffer);
    await this.#socket.send(Buffer.concat([head, Buffer.from(parameters, 'hex')]), wait);
    for (;;) {
      const event = await this.#socket.recv(1024, wait);
      const isAnswer = [commandComplete, commandStatus].includes(event.readUInt16LE(0));
      if (isAnswer && event.readUInt16LE(headSize) === opcode)
        return { status: event[headSize + 2]!, data: event.subarray(headSize + 3) };
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}
