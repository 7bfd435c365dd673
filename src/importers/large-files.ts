/** Files larger than this are read in blocks: their text is never held. */
export const HELD_BYTES = 256 * 1024 * 1024;
/** Their numbers are: 8 bytes each. Above this a run would exhaust the memory of an ordinary machine. */
export const LARGEST_FILE_BYTES = 4 * 1024 * 1024 * 1024;
/** First bytes of a file that is read in blocks: header and first rows, for detection. */
export const HEAD_BYTES = 4 * 1024 * 1024;
/** Bytes read at a time. */
export const BLOCK_BYTES = 8 * 1024 * 1024;
