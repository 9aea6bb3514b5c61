/** The certificates of the tests: test/tls/certificates/make.sh makes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tables/root.js';

/** A certificate and its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Returns the path of a file. */
export const pathOf = (name: string): string => join(root, 'test/tls/certificates', name);

const read = (name: string): string => readFileSync(pathOf(name), 'utf8');
const certificate = (name: string): Certificate => ({
  cert: read(`${name}.pem`),
  key: read(`${name}-key.pem`),
});

/** The authority that signed the others. */
export const ca: string = read('ca.pem');
/** For `localhost`, 127.0.0.1 and ::1. */
export const server: Certificate = certificate('server');
/** For `other.example`. */
export const other: Certificate = certificate('other');
/** For `client.example`. */
export const client: Certificate = certificate('client');
/** For `localhost`, until 2020. */
export const expired: Certificate = certificate('expired');
