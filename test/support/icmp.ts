/** ICMP messages: RFC 792 and RFC 4443. */
import { internetChecksum } from 'berkeley';
import { ICMP_ECHO, ICMP6_ECHO_REQUEST } from 'berkeley/constants';

function echo(type: number, identifier: number, sequence: number, data: string): Buffer {
  const message = Buffer.concat([Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(data)]);
  message.writeUInt16BE(identifier, 4);
  message.writeUInt16BE(sequence, 6);
  return message;
}

/** An ICMP echo request, with its checksum. */
export function echoRequest(identifier: number, sequence: number, data = ''): Buffer {
  const message = echo(ICMP_ECHO, identifier, sequence, data);
  message.writeUInt16BE(internetChecksum(message), 2);
  return message;
}

/** An ICMPv6 echo request. The kernel computes its checksum, which covers the addresses too. */
export function echoRequest6(identifier: number, sequence: number, data = ''): Buffer {
  return echo(ICMP6_ECHO_REQUEST, identifier, sequence, data);
}
