/** `berkeley nc`: a connection between the standard input and output and a socket. */
import type { Command } from 'commander';
import type { Run } from '../context.js';
import { port, seconds } from '../values.js';
import type { NcOptions } from './options.js';

const help = `
  berkeley nc example.org 80
  berkeley nc -l 8080
  berkeley nc -U /run/app.sock          @name is an abstract name
  berkeley nc --vsock 3 1234
  berkeley nc --tls example.org 443
  berkeley nc -z -v localhost 20-25

Exit code: 0 if the connection ended well, 1 if it failed, 130 after Ctrl-C.`;

export function addNc(program: Command, run: Run): void {
  program
    .command('nc')
    .description('connect the standard input and output to a socket, as netcat does')
    .argument('<address...>', 'HOST PORT; PORT with --listen; PATH with --unix; CID PORT with --vsock')
    .option('-l, --listen', 'wait for a connection')
    .option('-k, --keep', 'with --listen: wait for the next connection when one has ended')
    .option('-u, --udp', 'use datagrams: UDP, or those of Unix sockets with --unix')
    .option('-U, --unix', 'use a Unix socket')
    .option('--seqpacket', 'with --unix: SOCK_SEQPACKET')
    .option('--vsock', 'use a vsock, between a virtual machine and its host')
    .option('--tls', 'encrypt')
    .option('--insecure', 'with --tls: accept any certificate')
    .option('--ca <file>', 'with --tls: the authorities to trust, in PEM')
    .option('--cert <file>', 'with --tls: the own certificate, in PEM')
    .option('--key <file>', 'with --tls: its key')
    .option('-s, --source <address>', 'send from this address or path')
    .option('-p, --source-port <port>', 'send from this port', port)
    .addOption(
      seconds('-w, --wait <seconds>', 'give up after this time without a connection or without data'),
    )
    .option('-N, --shutdown', 'shut down sending at the end of the input')
    .addOption(seconds('-q, --quit <seconds>', 'end this long after the end of the input'))
    .option('-d, --no-input', 'do not read the standard input')
    .option('-C, --crlf', 'send CR LF at the end of lines')
    .option('-z, --scan', 'only connect; PORT can be a range')
    .option('-v, --verbose', 'tell what happens')
    .option('-4, --ipv4', 'use IPv4')
    .option('-6, --ipv6', 'use IPv6')
    .addHelpText('after', help)
    .action((words: string[], options: NcOptions, command: Command) =>
      run(command, async context => (await import('../commands.js')).nc(words, options, context)),
    );
}
