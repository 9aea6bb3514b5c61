// Cyclic CAN frames: the kernel's Broadcast Manager sends a frame every 20 milliseconds, and reports only changes.
//
// node build/examples/can-cyclic.js [interface]
import { setTimeout as delay } from 'node:timers/promises';
import {
  AF_CAN,
  CAN_BCM,
  CAN_BCM_RX_SETUP,
  CAN_BCM_SETTIMER,
  CAN_BCM_STARTTIMER,
  CAN_BCM_TX_DELETE,
  CAN_BCM_TX_SETUP,
  packBcmMessage,
  packCanFrame,
  parseBcmMessage,
  parseCanFrame,
  SOCK_DGRAM,
  Socket,
} from 'berkeley';

const canId = 0x42;
const speed = (value: number) => packCanFrame({ id: canId, data: Buffer.of(value) });

using watcher = new Socket(AF_CAN, SOCK_DGRAM, CAN_BCM);
using sender = new Socket(AF_CAN, SOCK_DGRAM, CAN_BCM);
for (const socket of [watcher, sender]) await socket.connect({ interface: process.argv[2] ?? 'vcan0' });

// The frame is a mask: all bits of the first byte are compared.
await watcher.send(packBcmMessage({ opcode: CAN_BCM_RX_SETUP, canId, frames: [speed(0xff)] }));

async function nextChange(): Promise<void> {
  const [frame] = parseBcmMessage(await watcher.recv(4096)).frames;
  console.log(`Changed to ${parseCanFrame(frame!).data.toString('hex')}`);
}

const task = { opcode: CAN_BCM_TX_SETUP, canId };
const flags = CAN_BCM_SETTIMER | CAN_BCM_STARTTIMER;
await sender.send(packBcmMessage({ ...task, flags, interval2: 20, frames: [speed(1)] }));
await nextChange();
await delay(200); // ten frames without a change
await sender.send(packBcmMessage({ ...task, frames: [speed(2)] }));
await nextChange();
await sender.send(packBcmMessage({ opcode: CAN_BCM_TX_DELETE, canId }));
