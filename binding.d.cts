/** The dynamic loader that an ELF executable asks for, by its first bytes; `''` if it names none. */
export declare function interpreter(bytes: Buffer): string;
/** Which C library this process runs on, on Linux. */
export declare function libc(): 'glibc' | 'musl';
/** Loads the addon of this process: the file in `BERKELEY_BINDING`, or one of `prebuilds`. */
export declare function load(): unknown;
/** The name of the binary that this process needs: `linux-x64-musl`. */
export declare function target(): string;
