/** Half-open range `[start, end)` of the text that a token stands for, in UTF-16 code units. */
export type TokenOffset = readonly [start: number, end: number];
