import type { Architecture } from './architecture';
import type { ConfigReader } from './config-reader';
import { ggufModule, ggufNames } from './gguf-names';
import type { GgufReader } from './gguf-reader';
import { listTensors } from './list-tensors';
import type { TensorTable } from './tensor-table';

/** A tensor that an architecture needs. */
export interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Name and shape of stored tensors, by Hugging Face name. */
export type StoredShapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/**
 * How llama.cpp changed a tensor when it converted it; reading undoes it.
 * `interleaved`: the rows of every head were interleaved for its rope. `by-role`: rows that alternated between queries,
 * keys and values head by head were put together. `transposed`. `plus-one`: one was added to every value.
 */
export type GgufForm = 'interleaved-queries' | 'interleaved-keys' | 'by-role' | 'transposed' | 'plus-one';

/** One family of models as data: how files name it and what belongs to it. */
export interface ArchitectureFacts {
  readonly family: Architecture['family'];
  /** `model_type` values of config.json. */
  readonly modelTypes: readonly string[];
  /** `general.architecture` values of GGUF files. */
  readonly ggufNames: readonly string[];
  /** What the names of all tensors but the output layer's begin with; some folders leave it out. */
  readonly prefix: string;
  readonly tensors: TensorTable;
  /** Tensors that may be there without being needed: buffers that older versions stored. */
  readonly spare?: RegExp;
  /** How GGUF files store the tensors of a module (its GGUF name, without the layer), where not as they are. */
  readonly ggufForms?: Readonly<Record<string, GgufForm>>;
  /** @throws NextTokenError `invalid-config`, `unsupported-option` */
  fromConfig(config: ConfigReader): Architecture;
  /** @throws NextTokenError `invalid-config`, `unsupported-option`, `missing-tensor` */
  fromGguf(gguf: GgufReader): Architecture;
}

/** A family with what follows from its data. */
export interface ArchitectureDescription extends ArchitectureFacts {
  /** The embedding whose rows are the vocabulary. */
  readonly embedding: string;
  /** Every tensor the computation needs, lazily: a lying layer count costs nothing. */
  requiredTensors(architecture: Architecture): Iterable<ExpectedTensor>;
  /** Whether a further tensor may be there without being needed. */
  isSpare(name: string, architecture: Architecture): boolean;
  /** Hugging Face's name of a GGUF tensor; `undefined` for one without a counterpart. */
  nameOfGguf(name: string): string | undefined;
  formOfGguf(name: string): GgufForm | undefined;
}

export function describeArchitecture(facts: ArchitectureFacts): ArchitectureDescription {
  const { tensors, spare, ggufForms = {} } = facts;
  const output = tensors.after.find(({ gguf }) => gguf === 'output');
  return {
    ...facts,
    embedding: `${tensors.before[0]!.name}.weight`,
    requiredTensors: (architecture) => listTensors(tensors, architecture),
    isSpare: (name, architecture) =>
      spare?.test(name) === true || (architecture.tiedEmbeddings && name === `${output?.name}.weight`),
    nameOfGguf: ggufNames(tensors),
    formOfGguf: (name) => {
      const module = ggufModule(name);
      return Object.hasOwn(ggufForms, module) ? ggufForms[module] : undefined;
    },
  };
}
