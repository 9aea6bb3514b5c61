/** Receives datagrams, and answers those that begin with '!'. node:dgram cannot receive many at once. */
import './udp-receive.js';
