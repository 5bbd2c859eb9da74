/** Takes a part `[start, end)` of a text. */
export type EmitRange = (start: number, end: number) => void;

/** Cuts `[start, end)` of a text in parts, and emits those that are kept, in order; never an empty one. */
export type Cut = (text: string, start: number, end: number, emit: EmitRange) => void;
