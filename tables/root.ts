import { fileURLToPath } from 'node:url';

/** The repository. The compiled generator stands in build/tables/. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));
