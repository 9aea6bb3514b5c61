/** Files of captured packets: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html, with nanoseconds. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** The kinds of link layers in the file, https://www.tcpdump.org/linktypes.html. */
export const LINKTYPE = { ethernet: 1, raw: 101, ieee80211Radio: 127, netlink: 253, can: 227 } as const;

const MAGIC_NANOSECONDS = 0xa1b23c4d;
const MINOR_VERSION = 4;
const BILLION = 1_000_000_000n;

/** A capture, which receives records in the order of their arrival. */
export class PcapFile implements Disposable {
  readonly #fd: number;

  /**
   * Creates the file, or overwrites it.
   *
   * @param snap the most bytes of a packet
   */
  constructor(path: string, linkType: number, snap: number) {
    const header = Buffer.alloc(24);
    header.writeUInt32LE(MAGIC_NANOSECONDS, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(MINOR_VERSION, 6);
    header.writeUInt32LE(snap, 16);
    header.writeUInt32LE(linkType, 20);
    this.#fd = path === '-' ? 1 : openSync(path, 'w', 0o600);
    writeWhole(this.#fd, header);
  }

  /**
   * Writes a packet.
   *
   * @param time nanoseconds since 1970
   * @param length the length of the packet, of which `data` can be the beginning
   */
  write(time: bigint, data: Uint8Array, length: number): void {
    const record = Buffer.alloc(16 + data.length);
    record.writeUInt32LE(Number(time / BILLION), 0);
    record.writeUInt32LE(Number(time % BILLION), 4);
    record.writeUInt32LE(data.length, 8);
    record.writeUInt32LE(length, 12);
    record.set(data, 16);
    writeWhole(this.#fd, record);
  }

  [Symbol.dispose](): void {
    if (this.#fd !== 1) closeSync(this.#fd);
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}
