'use strict';

// Runs the example in the README of usocket, and checks that it passed a descriptor.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const text = readFileSync(join(__dirname, 'originals/usocket/README.md'), 'utf8');
const [, example] = /```js\n([\s\S]*?)```/.exec(text);
const file = join(__dirname, 'usocket-example-of-the-original.js');
// The example calls fs.close() without a callback, which current versions of Node.js reject.
const program = example.replaceAll(/fs\.close\(([^)]*)\)/g, 'fs.closeSync($1)');
let closed = 0;
const fs = require('node:fs');
const closeSync = fs.closeSync;
fs.writeFileSync(file, program);
const run = new Module(file);
run.filename = file;
run.paths = Module._nodeModulePaths(__dirname);
fs.rmSync(join(__dirname, 'socket'), { force: true });
fs.closeSync = fd => {
  closed++;
  closeSync(fd);
};
run._compile(program, file);
process.on('exit', () => {
  fs.rmSync(join(__dirname, 'socket'), { force: true });
  if (closed >= 2) return; // the descriptor that was sent, and the one that was received
  console.error(`the example closed ${closed} descriptors instead of 2`);
  process.exitCode = 1;
});
