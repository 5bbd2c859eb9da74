import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

interface PeerTensor {
  readonly data: Float32Array;
}

interface PeerModules {
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => PeerTensor;
  readonly RepetitionPenaltyLogitsProcessor: PeerProcessor;
  readonly TemperatureLogitsWarper: PeerProcessor;
  readonly LogitsSampler: {
    getSampler(config: Readonly<Record<string, unknown>>): (logits: unknown) => Promise<[bigint, number][]>;
  };
}

type PeerProcessor = new (
  value: number,
) => { _call(ids: readonly bigint[][], logits: PeerTensor): PeerTensor };

/**
 * transformers.js's own classes, from the sources that its package carries: the sampler is not exported, and
 * tensors of the bundle would not fit it.
 */
async function peerModules(): Promise<PeerModules> {
  const bundle = pathToFileURL(createRequire(import.meta.url).resolve('@huggingface/transformers'));
  const load = (file: string) => import(new URL(`../src/${file}`, bundle).href);
  const [tensor, processors, samplers] = await Promise.all([
    load('utils/tensor.js'),
    load('generation/logits_process.js'),
    load('generation/logits_sampler.js'),
  ]);
  return { ...tensor, ...processors, ...samplers };
}

/** A step of transformers.js on a row: what its `generate` does between logits and id. */
export interface PeerStep {
  /** Puts the row's values back; the step changes them. */
  reset(): void;
  run(): Promise<unknown>;
}

/**
 * @param settings repetition penalty (1: none), temperature, and top-k (0: its path over the whole vocabulary).
 *   It takes top_p and min_p as well, and ignores them.
 */
export async function peerStep(
  row: Float32Array,
  ids: Int32Array,
  settings: { repetitionPenalty: number; temperature: number; topK: number },
): Promise<PeerStep> {
  const peer = await peerModules();
  const logits = new peer.Tensor('float32', row.slice(), [1, row.length]);
  const inputIds = [Array.from(ids, BigInt)];
  const processors = [
    ...(settings.repetitionPenalty === 1
      ? []
      : [new peer.RepetitionPenaltyLogitsProcessor(settings.repetitionPenalty)]),
    new peer.TemperatureLogitsWarper(settings.temperature),
  ];
  const sampler = peer.LogitsSampler.getSampler({ do_sample: true, num_beams: 1, top_k: settings.topK });
  return {
    reset: () => logits.data.set(row),
    run() {
      let scores = logits;
      for (const processor of processors) scores = processor._call(inputIds, scores);
      return sampler((scores as unknown as unknown[])[0]);
    },
  };
}
