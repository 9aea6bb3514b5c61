'use strict';

// Makes require('dgram') return berkeley/dgram, and counts its sockets: a program checks that it was used.
const Module = require('node:module');
const ours = require('berkeley/dgram');

const load = Module._load;
let created = 0;
const counting = {
  ...ours,
  createSocket(...given) {
    created++;
    return ours.createSocket(...given);
  },
};
Module._load = function (name, ...rest) {
  return name === 'dgram' || name === 'node:dgram' ? counting : load.call(this, name, ...rest);
};

/** Ends the process with an error, unless sockets of berkeley/dgram were created. */
process.on('exit', code => {
  if (code !== 0 || created > 0) return;
  console.error('no socket of berkeley/dgram was created');
  process.exitCode = 1;
});
