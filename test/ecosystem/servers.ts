/** Real servers, each on a port and in a folder of its own. */
import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { needsCommand, type Skip } from '../support/kernel.js';
import { pathOf } from '../tls/certificates.js';

/** A running server. */
export interface RunningServer {
  readonly port: number;
  /** The folder of its files, with its Unix socket if it has one. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A server program: how to start it, and the reason for skipping if it is not installed. */
export interface ServerKind {
  readonly skip: Skip;
  start(): Promise<RunningServer>;
}

interface Plan {
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: SpawnOptions;
}

const LONGEST = 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until a server accepts connections. */
async function accepts(port: number, hasEnded: () => boolean): Promise<void> {
  for (const end = Date.now() + LONGEST; Date.now() < end; await delay(50)) {
    if (hasEnded()) throw new Error('the server has ended');
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise(resolve => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error('the server does not accept connections');
}

async function run(plan: (port: number, folder: string) => Plan): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'berkeley-server-'));
  const port = await freePort();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const { command, args, options = {} } = plan(port, folder);
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', text => (output += text));
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    remove();
  };
  try {
    await accepts(port, () => child.exitCode !== null);
    return { port, folder, stop };
  } catch (error) {
    await stop();
    throw new Error(`${command}: ${(error as Error).message}\n${output}`);
  }
}

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root, so it runs as its own user then. */
function postgresUser(folder: string): SpawnOptions {
  if (!isRoot) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const [uid, gid] = [id('-u'), id('-g')];
  chownSync(folder, uid, gid);
  return { uid, gid, cwd: folder };
}

/** The folder of PostgreSQL's programs, which Debian does not put on the PATH. */
function postgresFolder(): string | undefined {
  try {
    const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
    return `/usr/lib/postgresql/${versions[0]}/bin`;
  } catch {
    return undefined;
  }
}

export const postgres: ServerKind = {
  skip: postgresFolder() === undefined && 'needs PostgreSQL: apt-get install postgresql',
  start: () =>
    run((port, folder) => {
      const programs = postgresFolder()!;
      const user = postgresUser(folder);
      const data = join(folder, 'data');
      const init = [
        '-D',
        data,
        '-U',
        'postgres',
        '--auth=trust',
        '--no-sync',
        '--encoding=UTF8',
        '--locale=C',
      ];
      execFileSync(join(programs, 'initdb'), init, { ...user, stdio: 'pipe' } as object);
      const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
      return { command: join(programs, 'postgres'), args, options: user };
    }),
};

export const mariadb: ServerKind = {
  skip: needsCommand('mariadbd', 'mariadb-server'),
  start: () =>
    run((port, folder) => {
      const data = join(folder, 'data');
      const user = userInfo().username;
      const init = [
        '--no-defaults',
        `--datadir=${data}`,
        '--auth-root-authentication-method=normal',
        `--user=${user}`,
      ];
      execFileSync('mariadb-install-db', [...init, '--skip-test-db'], { stdio: 'pipe' });
      const where = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'my.sock')}`];
      const args = ['--no-defaults', `--datadir=${data}`, `--user=${user}`, ...where, '--skip-name-resolve'];
      return { command: 'mariadbd', args };
    }),
};

export const redis: ServerKind = {
  skip: needsCommand('redis-server', 'redis-server'),
  start: () =>
    run((port, folder) => {
      const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
      const unix = ['--unixsocket', join(folder, 'redis.sock')];
      return { command: 'redis-server', args: [...where, ...unix, '--save', '', '--appendonly', 'no'] };
    }),
};

export const mosquitto: ServerKind = {
  skip: needsCommand('mosquitto', 'mosquitto'),
  start: () =>
    run((port, folder) => {
      const config = join(folder, 'mosquitto.conf');
      writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
      chmodSync(folder, 0o755); // it changes to a user of its own
      return { command: 'mosquitto', args: ['-c', config] };
    }),
};

/** The key of the client is `key` in the folder of the server. */
export const openssh: ServerKind = {
  skip: needsCommand('sshd', 'openssh-server'),
  start: () =>
    run((port, folder) => {
      for (const name of ['host', 'key'])
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
      if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
      const settings = [
        ...[`ListenAddress 127.0.0.1:${port}`, `HostKey ${join(folder, 'host')}`],
        ...[`AuthorizedKeysFile ${join(folder, 'key.pub')}`, `PidFile ${join(folder, 'pid')}`],
        ...['StrictModes no', 'UsePAM no', 'PermitRootLogin prohibit-password', 'PasswordAuthentication no'],
      ];
      const config = join(folder, 'sshd_config');
      writeFileSync(config, `${settings.join('\n')}\n`);
      return { command: '/usr/sbin/sshd', args: ['-D', '-e', '-f', config] };
    }),
};

/** An HTTP server on a port, with HTTPS and HTTP/2 on the port of its `https` file. It answers with what it knows. */
export const nginx: ServerKind = {
  skip: needsCommand('nginx', 'nginx-light'),
  async start(): Promise<RunningServer> {
    const securePort = await freePort();
    return run((port, folder) => {
      if (isRoot) chmodSync(folder, 0o755); // it changes to a user of its own
      writeFileSync(join(folder, 'https'), String(securePort));
      writeFileSync(join(folder, 'large'), 'x'.repeat(3_000_000), { mode: 0o644 });
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        name => `${name}_temp_path ${join(folder, name)};`,
      );
      const config = join(folder, 'nginx.conf');
      writeFileSync(
        config,
        `daemon off; pid ${join(folder, 'pid')}; error_log stderr; events {}
        http {
          access_log off; ${temporary.join(' ')}
          server {
            listen 127.0.0.1:${port};
            listen 127.0.0.1:${securePort} ssl http2;
            ssl_certificate ${pathOf('server.pem')};
            ssl_certificate_key ${pathOf('server-key.pem')};
            root ${folder};
            location = /known { return 200 "$server_protocol $remote_addr $remote_port $ssl_server_name"; }
            location = /body { client_max_body_size 10m; return 200 "$content_length"; }
          }
        }`,
      );
      return { command: 'nginx', args: ['-c', config, '-e', 'stderr'] };
    });
  },
};
