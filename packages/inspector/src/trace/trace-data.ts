import type { RunRecord, RunVerification } from '@nexttoken/generate';

/** Number formats of a block: 32-bit and 64-bit floats, 32-bit integers, all little-endian. */
export type TraceDtype = 'f32' | 'f64' | 'i32';

/** Where a block lies and what it is. */
export interface TraceBlock {
  /** What it holds, e.g. `logits`. */
  readonly name: TraceBlockName;
  readonly dtype: TraceDtype;
  readonly shape: readonly number[];
  /** First byte, counted from the end of the header; a multiple of 8. */
  readonly offset: number;
  readonly byteLength: number;
  /** CRC-32 of its bytes. */
  readonly crc32: number;
}

/**
 * `logits`, `scores`: rows of the steps in `steps`, shape `[steps, vocabSize]`. `top-ids`, `top-logits`,
 * `log-totals`: instead of `logits` the best of each row, and its log-sum-exp. `hidden-states`, `attention`: as the
 * session gave them, of the prompt.
 */
export type TraceBlockName =
  | 'logits'
  | 'scores'
  | 'top-ids'
  | 'top-logits'
  | 'log-totals'
  | 'hidden-states'
  | 'attention';

/** The JSON part of a trace file. */
export interface TraceHeader {
  /** Version of the format. */
  readonly format: 'nexttoken-trace-1';
  /** The run, without its rows: they are blocks. */
  readonly run: Omit<RunRecord, 'rows'>;
  /** Steps that the rows of `logits`, `scores` and `top-…` belong to, ascending. */
  readonly steps: readonly number[];
  /** The tokens as their tokenizer shows them, for who has none: `[id, text]`. */
  readonly tokens?: readonly (readonly [id: number, token: string])[];
  /** Anything plain that the writer wants to say, e.g. the prompt's text. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly blocks: readonly TraceBlock[];
}

/** A trace that was read: header and typed arrays over its bytes. */
export interface Trace {
  readonly header: TraceHeader;
  /** The run without its rows; {@link traceRecord} puts them back. */
  readonly run: RunRecord;
  readonly blocks: ReadonlyMap<TraceBlockName, Float32Array | Float64Array | Int32Array>;
  /** The raw row of a step; `undefined` where none was kept. */
  logitsOf(step: number): Float32Array | undefined;
  /** The processed row of a step. */
  scoresOf(step: number): Float32Array | undefined;
}

/** The first thing in which a replay differs from the trace. */
export interface TraceDifference {
  readonly step: number;
  readonly field: 'id' | 'draw' | 'logit' | 'probability' | 'score' | 'share' | 'logits' | 'scores' | 'end';
  readonly expected: unknown;
  readonly actual: unknown;
  /** For rows: the id where they differ most. */
  readonly id?: number;
}

/** What a replay of a trace found. */
export interface TraceVerification {
  /** Nothing differs: the chain, and with a model the run; without one, all of the chain was replayed. */
  readonly same: boolean;
  /** The chain and the sampler, replayed on the recorded rows: nothing but our own code, to the bit. */
  readonly chain: {
    /** Steps that could be replayed; 0 where the trace has no rows. */
    readonly checked: number;
    readonly firstDifference?: TraceDifference;
    /** Why not all of it could be replayed. */
    readonly skipped?: string;
  };
  /** With a model: the whole run again. */
  readonly model?: RunVerification;
}
