import { NextTokenError } from '@nexttoken/model';
import type { LensHead } from './lens-data';
import { lensHead } from './lens-head';

/** What {@link readLensHead} needs of a checkpoint; `Checkpoint` of `@nexttoken/checkpoint` is one. */
export interface LensCheckpoint {
  readonly name: string;
  readonly architecture: {
    readonly vocabSize: number;
    readonly hiddenSize: number;
    readonly norm: 'rms' | 'layer';
    readonly normEpsilon: number;
    readonly normOffset: number;
    readonly logitSoftcap: number | null;
    readonly tiedEmbeddings: boolean;
  };
  readonly tensors: ReadonlyMap<string, unknown>;
  read(name: string, options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
}

/** The names that Hugging Face's models give these modules. */
const norms = ['model.norm', 'transformer.ln_f', 'gpt_neox.final_layer_norm'];
const outputs = ['lm_head', 'embed_out'];
const embeddings = ['model.embed_tokens', 'transformer.wte', 'gpt_neox.embed_in'];

/**
 * The final norm and output layer of a stored model, for {@link logitLens}. Reads these tensors alone.
 *
 * @param checkpoint e.g. what `openCheckpoint…` of `@nexttoken/checkpoint` returns; may be closed afterwards
 * @throws NextTokenError `missing-tensor` when it has none of the names known for them; what reading throws
 *
 * Cost: `vocabSize · width` numbers in memory, as float32.
 */
export async function readLensHead(
  checkpoint: LensCheckpoint,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<LensHead> {
  const { architecture, tensors, name: path } = checkpoint;
  const { signal } = options;
  const find = (modules: readonly string[]): string => {
    const found = modules.find((module) => tensors.has(`${module}.weight`));
    if (found !== undefined) return found;
    const tensor = `${modules[0]}.weight`;
    const message = `readLensHead: ${path} has no ${modules.map((module) => `${module}.weight`).join(', no ')}`;
    throw new NextTokenError('missing-tensor', message, { path, tensor });
  };
  const read = (name: string) => checkpoint.read(name, signal ? { signal } : {});
  const norm = find(norms);
  const output = await read(`${find(architecture.tiedEmbeddings ? embeddings : outputs)}.weight`);
  return lensHead({
    output,
    vocabSize: output.length / architecture.hiddenSize,
    width: architecture.hiddenSize,
    norm: architecture.norm,
    normWeight: await read(`${norm}.weight`),
    ...(tensors.has(`${norm}.bias`) && { normBias: await read(`${norm}.bias`) }),
    normEpsilon: architecture.normEpsilon,
    normOffset: architecture.normOffset,
    softcap: architecture.logitSoftcap,
  });
}
