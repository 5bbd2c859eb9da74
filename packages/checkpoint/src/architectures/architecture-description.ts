import type { Architecture } from './architecture';
import type { ConfigReader } from './config-reader';

/** A tensor that an architecture needs. */
export interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Name and shape of stored tensors, by Hugging Face name. */
export type StoredShapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** One family of models as data: how files name it and what belongs to it. */
export interface ArchitectureDescription {
  readonly family: Architecture['family'];
  /** `model_type` values of config.json. */
  readonly modelTypes: readonly string[];
  /** `general.architecture` values of GGUF files. */
  readonly ggufNames: readonly string[];
  /** @throws NextTokenError `invalid-config`, `unsupported-option` */
  fromConfig(config: ConfigReader): Architecture;
  /** @throws NextTokenError `invalid-config`, `unsupported-option`, `missing-tensor` */
  fromGguf(metadata: ConfigReader, tensors: StoredShapes): Architecture;
  /** Hugging Face's name of a GGUF tensor; `undefined` for one without a counterpart. */
  nameOfGguf(name: string): string | undefined;
  /** For a GGUF tensor whose rows are interleaved per head: how many heads its rows belong to. */
  interleavedHeads(name: string, architecture: Architecture): number | undefined;
  /** The embedding whose rows are the vocabulary. */
  readonly embedding: string;
  /** Every tensor the computation needs, lazily: a lying layer count costs nothing. */
  requiredTensors(architecture: Architecture): Iterable<ExpectedTensor>;
  /** Whether a further tensor may be there without being needed. */
  isSpare(name: string, architecture: Architecture): boolean;
}
