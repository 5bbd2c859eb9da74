/**
 * Where a family keeps the weights of a decoder: names of checkpoint modules, those of a layer without its prefix.
 * What is computed with them the architecture says (norms, biases, rotary embedding, windows, …).
 */
export interface DecoderFamily {
  readonly embedding: string;
  /** The table of learned positions. */
  readonly positions?: string;
  /** The list of layers, e.g. `model.layers`. */
  readonly layers: string;
  readonly attentionNorm: string;
  readonly queryKeyValue: QueryKeyValueModules;
  /** Norms of each head's queries and keys, for architectures with `queryKeyNorm`. */
  readonly queryNorm?: string;
  readonly keyNorm?: string;
  readonly attentionOutput: string;
  /** A further norm of what attention gives, before it is added. */
  readonly behindAttention?: string;
  readonly mlpNorm: string;
  readonly mlp: MlpModules;
  /** A further norm of what the feed-forward part gives, before it is added. */
  readonly behindMlp?: string;
  readonly finalNorm: string;
  /** The output layer, where it is not the embedding. */
  readonly head: string;
  /** Whether the weights within layers are stored as `[inputs, outputs]`; default false. */
  readonly transposed?: boolean;
}

/** Three modules, or one for all: its rows are queries, keys, values (`by-role`) or these head by head (`by-head`). */
export type QueryKeyValueModules =
  | { readonly query: string; readonly key: string; readonly value: string }
  | { readonly joined: string; readonly rows: 'by-role' | 'by-head' };

/** `down(activation(up(x)))`, or with a gate `down(activation(gate(x)) · up(x))`; gate and up may be joined. */
type MlpModules =
  | { readonly up: string; readonly down: string }
  | { readonly gate: string; readonly up: string; readonly down: string }
  | { readonly gateUp: string; readonly down: string };
