/** The parts of `node:net` that do not depend on sockets. They are Node's own, so that both modules share them. */
import net from 'node:net';

/** Addresses and networks to which no connection is made: the class of `node:net`. */
export const BlockList: typeof net.BlockList = net.BlockList;
/** Addresses and networks to which no connection is made: the class of `node:net`. */
export type BlockList = net.BlockList;

/** An IP address and port: the class of `node:net`. */
export const SocketAddress: typeof net.SocketAddress = net.SocketAddress;
/** An IP address and port: the class of `node:net`. */
export type SocketAddress = net.SocketAddress;

/** Returns 4 for an IPv4 address, 6 for an IPv6 address, and 0 for any other text. */
export const isIP: typeof net.isIP = net.isIP;
/** Returns whether a text is an IPv4 address. */
export const isIPv4: typeof net.isIPv4 = net.isIPv4;
/** Returns whether a text is an IPv6 address. */
export const isIPv6: typeof net.isIPv6 = net.isIPv6;

/** Returns the default of the option `autoSelectFamily`. */
export const getDefaultAutoSelectFamily: typeof net.getDefaultAutoSelectFamily =
  net.getDefaultAutoSelectFamily;
/** Sets the default of the option `autoSelectFamily`, for `node:net` too. */
export const setDefaultAutoSelectFamily: typeof net.setDefaultAutoSelectFamily =
  net.setDefaultAutoSelectFamily;
/** Returns the default of the option `autoSelectFamilyAttemptTimeout`, in milliseconds. */
export const getDefaultAutoSelectFamilyAttemptTimeout: typeof net.getDefaultAutoSelectFamilyAttemptTimeout =
  net.getDefaultAutoSelectFamilyAttemptTimeout;
/** Sets the default of the option `autoSelectFamilyAttemptTimeout`, for `node:net` too. */
export const setDefaultAutoSelectFamilyAttemptTimeout: typeof net.setDefaultAutoSelectFamilyAttemptTimeout =
  net.setDefaultAutoSelectFamilyAttemptTimeout;
