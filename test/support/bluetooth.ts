/** Virtual controllers on one air, made by BlueZ's btvirt; and the kernel's management of them, spoken to by our own socket. */
import { readdirSync, realpathSync } from 'node:fs';
import { AF_BLUETOOTH, BTPROTO_HCI, SOCK_RAW, Socket } from 'berkeley';
import { HCI_CHANNEL_CONTROL, HCI_DEV_NONE } from 'berkeley/constants';
import { needsSocket, type Skip } from './kernel.js';
import { Child, waitFor } from './running.js';

export const needsBluetooth: Skip = needsSocket('AF_BLUETOOTH', AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);

/** Debian 12's emulator carries no voice; a newer one may be put in its place. */
const emulator = process.env.BTVIRT ?? 'btvirt';

export interface Controller {
  /** `hci1` */
  readonly name: string;
  readonly device: number;
  readonly address: string;
  /** What `hciconfig` says of it. */
  readonly description: string;
}

/** Two controllers that are up, and may be connected to. */
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

/** One air at a time: each file of tests waits for the other's to be gone. */
const start = `while ls -l ${folder} | grep -q virtual; do sleep 0.1; done; echo alone; exec ${emulator} -l3`;

/**
 * Starts the emulator. The first of its controllers is no good: btvirt answers it only once the others are there, which is
 * after the kernel has given up setting it up, and it counts as being set up ever since.
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

/** The kernel keeps a link for two seconds, in case it is used again. */
export function waitForSilence(): Promise<boolean> {
  return waitFor('no link is left', async () => !/handle/.test(await new Child('hcitool', ['con']).ends()));
}

const wait = { timeout: 20_000 };
const [commandComplete, commandStatus, headSize] = [1, 2, 6];

/** A socket that speaks to the kernel's management of controllers: doc/mgmt-api.txt of BlueZ. */
export class Management implements Disposable {
  readonly #socket: Socket<'bluetooth'> = new Socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI);

  constructor() {
    this.#socket.bind({ device: HCI_DEV_NONE, channel: HCI_CHANNEL_CONTROL });
  }

  /** Sends a command; gives the status of its answer, and what the answer says. */
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
