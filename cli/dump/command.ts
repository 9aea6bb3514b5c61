/** `berkeley dump`: what a CAN bus or a network device carries. */
import type { Command } from 'commander';
import type { Run } from '../context.js';
import { integer } from '../values.js';
import type { CaptureOptions } from './options.js';

const help = `
The filter of a CAN device is one or more of id:mask and id~mask in hexadecimal digits, as candump takes them. That of
another device is an expression: ip, ip6, arp, tcp, udp, icmp, icmp6, sctp, [src|dst] host ADDRESS, [src|dst] port N,
joined by and, or, not and parentheses.

  berkeley dump can0 123:7FF
  berkeley dump eth0 -w dns.pcap udp port 53

With -w, packets are written to a pcap file (- is the standard output), and CAN frames to a file in candump's format if
its name ends in .log.`;

export function addDump(program: Command, run: Run): void {
  program
    .command('dump')
    .description('print the frames of a CAN bus, or the packets of a network device, until Ctrl-C')
    .argument('<interface>', 'a network device; any for all CAN devices')
    .argument('[filter...]', 'what to print; everything by default')
    .option('-c, --count <n>', 'stop after this number', integer(1, 1e9))
    .option('-w, --write <file>', 'write to a file instead of printing')
    .option('-s, --snap <bytes>', 'the most bytes of a packet in the file', integer(1, 0x40000), 0x40000)
    .option('-p, --no-promiscuous', 'only packets for this machine')
    .option('-L, --log', 'CAN: print lines as in log files')
    .option('-t, --timestamp', 'CAN: print the time')
    .option('--json', 'print one JSON object per line')
    .addHelpText('after', help)
    .action((name: string, filter: string[], options: CaptureOptions, command: Command) =>
      run(command, async context => (await import('../commands.js')).dump(name, filter, options, context)),
    );
}
