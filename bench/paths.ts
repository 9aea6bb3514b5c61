import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));

/** The sources of the C and Python programs. */
export const sources: string = fileURLToPath(new URL('../../bench/', import.meta.url));

/** The compiled TypeScript programs. */
export const compiled: string = fileURLToPath(new URL('.', import.meta.url));
