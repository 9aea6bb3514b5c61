/** Whether this machine keeps numbers with the least byte first, as DataView wants to be told. */
export const littleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
