// Runs a program in a node.exe under Wine, and prints its output when it has ended. For npm run test:runtimes.
//
//   usage: node wine/start.mjs <node.exe> <argument> …    absolute paths are converted to those of Windows
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrefix } from './machine.mjs';
import { addonEnvironment, folder, runNode, windowsPath } from './process.mjs';

/** The longest time of a program, in milliseconds. */
const LIMIT = 900_000;

const [node, ...args] = process.argv.slice(2);
const environment = addonEnvironment();
mkdirSync(folder, { recursive: true });
makePrefix(environment);
const temporary = mkdtempSync(join(tmpdir(), 'berkeley-wine-'));
const converted = args.map(argument => (argument.startsWith('/') ? windowsPath(argument) : argument));
const { status, text } = await runNode(node, converted, join(temporary, 'output'), environment, LIMIT);
rmSync(temporary, { recursive: true });
process.stdout.write(text.replaceAll('\r\n', '\n'));
process.exitCode = typeof status === 'number' ? status : 1;
