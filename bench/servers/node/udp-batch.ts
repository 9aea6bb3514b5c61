/** Receives datagrams, and answers those that begin with '!': node:dgram has no way of taking many at once. */
import './udp-receive.js';
