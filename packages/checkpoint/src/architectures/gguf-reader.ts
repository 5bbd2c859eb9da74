import { NextTokenError } from '@nexttoken/model';
import type { StoredShapes } from './architecture-description';
import type { ConfigReader } from './config-reader';

/** The sizes that every GGUF file states in the same fields. */
interface GgufSizes {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  /** As stated, before the rotary embedding is looked at. */
  readonly contextLength: number;
}

/** What a description reads an architecture from: key-values, and which tensors there are. */
export interface GgufReader {
  readonly metadata: ConfigReader;
  /** The key of a field of this architecture: `rope.freq_base` → `llama.rope.freq_base`. */
  key(field: string): string;
  readonly sizes: GgufSizes;
  /** Whether a tensor is stored, by its Hugging Face name. */
  has(tensor: string): boolean;
  /** Values of the small tensors that scale rotary frequencies, by GGUF name without `.weight`. */
  readonly ropeFactors: ReadonlyMap<string, readonly number[]>;
}

export interface GgufContents {
  readonly metadata: ConfigReader;
  readonly tensors: StoredShapes;
  readonly ropeFactors: ReadonlyMap<string, readonly number[]>;
}

/**
 * @param name what the architecture's keys begin with
 * @param embedding Hugging Face's name of the embedding
 * @throws NextTokenError `invalid-config`, `unsupported-option`, `missing-tensor`
 */
export function ggufReader(contents: GgufContents, name: string, embedding: string): GgufReader {
  const { metadata, tensors, ropeFactors } = contents;
  const key = (field: string) => `${name}.${field}`;
  const experts = key('expert_count');
  if ((metadata.value(experts) ?? 0) !== 0) throw metadata.unsupported(experts, '0');
  const hiddenSize = metadata.positiveInteger(key('embedding_length'));
  const headCount = sameInAllLayers(metadata, key('attention.head_count'));
  const headSize = metadata.positiveInteger(key('attention.key_length'), hiddenSize / headCount);
  const values = key('attention.value_length');
  if (metadata.positiveInteger(values, headSize) !== headSize)
    throw metadata.unsupported(values, `the head size, ${headSize}`);
  return {
    metadata,
    key,
    ropeFactors,
    has: (tensor) => tensors.has(tensor),
    sizes: {
      vocabSize: vocabularyOf(contents, key('vocab_size'), embedding),
      hiddenSize,
      intermediateSize: sameInAllLayers(metadata, key('feed_forward_length')),
      layerCount: metadata.positiveInteger(key('block_count')),
      headCount,
      keyValueHeadCount: sameInAllLayers(metadata, key('attention.head_count_kv'), headCount),
      headSize,
      contextLength: metadata.positiveInteger(key('context_length')),
    },
  };
}

function vocabularyOf({ metadata, tensors }: GgufContents, field: string, embedding: string): number {
  const { path } = metadata;
  const rows = tensors.get(embedding)?.shape[0];
  if (rows === undefined) {
    const message = `${path}: the tensor token_embd.weight is not there`;
    throw new NextTokenError('missing-tensor', message, { path, tensor: embedding });
  }
  if (metadata.positiveInteger(field, rows) !== rows)
    throw metadata.invalid(field, `${rows}, the rows of token_embd.weight`);
  return rows;
}

/** Refuses a file that asks for a sliding window, for families that have none in GGUF. @throws `unsupported-option` */
export function refuseWindow({ metadata, key }: GgufReader): void {
  const window = key('attention.sliding_window');
  if ((metadata.value(window) ?? 0) !== 0) throw metadata.unsupported(window, '0');
}

/** A number that some files repeat per layer; layers that differ are refused. */
function sameInAllLayers(metadata: ConfigReader, field: string, fallback?: number): number {
  const found = metadata.value(field);
  if (!Array.isArray(found)) return metadata.positiveInteger(field, fallback);
  const first: unknown = found[0];
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || found.some((v) => v !== first))
    throw metadata.unsupported(field, 'one integer, or an array of equal ones');
  return first;
}
