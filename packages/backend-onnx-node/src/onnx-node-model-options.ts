export interface OnnxNodeModelOptions {
  /** A name for people. */
  readonly modelId: string;
  /** An ONNX model: its bytes, or the path of a file (external data beside it is found by itself). */
  readonly graph: Uint8Array | string;
  /** Folder of the external data, when `graph` is bytes. */
  readonly weightsFolder?: string | undefined;
  /** The most positions of a row. */
  readonly contextLength: number;
  /** Width of a logits row. */
  readonly vocabSize: number;
  /** Number format of the weights, for `describe()`. */
  readonly dtype: string;
  /**
   * `cpu`, `webgpu`, `cuda`, `dml`, `coreml`, or `auto` (default), which is `cpu`. Others than `cpu` have to be asked for by name.
   */
  readonly device?: string | undefined;
  /** Sizes that a graph may leave open. */
  readonly keyValueHeadCount?: number | undefined;
  readonly headSize?: number | undefined;
  /** Most positions of one run of the graph, 1 to 4096; default on cpu 128 (64 where a layer's scores would take over 128 MiB), elsewhere 64. Bounds how long an abort waits. */
  readonly chunkLength?: number | undefined;
  /** Threads of the runtime; default: the physical cores. */
  readonly threads?: number | undefined;
  /** Where the session lives; default `worker`, so that the caller's thread stays free while the model runs. */
  readonly thread?: 'worker' | 'caller' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What reaches the thread that opens the model: plain data, the device decided, and why. */
export type OpenOptions = Omit<OnnxNodeModelOptions, 'signal' | 'thread' | 'device'> & {
  readonly device: string;
  readonly reason: string;
};
