/** Receives a part of the weights and where it belongs. */
type WeightsSink = (chunk: Uint8Array, offset: number) => Promise<void>;

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

export interface WeightsRequest extends WriteOptions {
  readonly key: string;
  readonly byteLength: number;
  write(sink: WeightsSink, options: WriteOptions): Promise<void>;
}
