/** What to capture, and where to. */

/** A network device. */
export interface Device {
  /** Its name; `any` for every CAN device. */
  readonly name: string;
  /** An `ARPHRD_` constant. */
  readonly hardwareType: number;
}

/** The options of a capture. */
export interface CaptureOptions {
  /** The number of packets; no limit by default. */
  readonly count?: number;
  /** The file to write to; `-` for the standard output. */
  readonly write?: string;
  /** The most bytes of a packet in the file. */
  readonly snap: number;
  /** CAN: print lines of log files. */
  readonly log?: true;
  /** CAN: print the time. */
  readonly timestamp?: true;
  readonly promiscuous: boolean;
  readonly json?: true;
}
