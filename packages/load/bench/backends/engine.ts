/** What an engine is opened with: our own graph, or a folder as transformers.js reads it. */
export interface EngineFiles {
  readonly engine: 'ours' | 'transformers.js';
  /** Where the files are: a folder for a process, a path of the server for a page. */
  readonly place: string;
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly device: 'cpu' | 'wasm' | 'webgpu';
  /** Of the runtime; default: what the engine chooses by itself. */
  readonly threads?: number | undefined;
}

/** A number of new tokens after what was read, each chosen from the logits before it. */
interface DecodeRequest {
  readonly newTokens: number;
  /** Sampled at temperature 0.7 among the 50 best instead of greedily. */
  readonly sampled: boolean;
}

/** A text in progress. */
export interface Continuation {
  /** Reads a prompt anew. @returns milliseconds to the first token */
  prefill(prompt: readonly number[]): Promise<number>;
  /** Goes on. @returns tokens a second after the first of them */
  decode(request: DecodeRequest): Promise<number>;
}

/** An engine in a process or page of its own. */
export interface Engine extends Continuation {
  readonly name: string;
  /** What it says about itself. */
  readonly description: string;
  /** The most memory that its process has held until now. */
  peakMegabytes(): Promise<number>;
  /** What its process has computed until now, over all cores: what tells more than time where others compute too. */
  cpuMilliseconds(): Promise<number>;
  close(): Promise<void>;
}

/** Tokens a second between the first and the last of some moments. */
export function rate(stamps: readonly number[]): number {
  return ((stamps.length - 1) * 1000) / (stamps.at(-1)! - stamps[0]!);
}
