import { NextTokenError } from '@nexttoken/model';
import type { InferenceSession } from 'onnxruntime-common';

type Metadata = InferenceSession['inputMetadata'][number];

/** How a decoder graph takes its cache, read off its inputs and outputs. */
export interface GraphLayout {
  /**
   * `caller-cache`: `past.N.key|value` of some capacity in, only new positions out (our own graphs).
   * `standard`: `past_key_values.N.key|value` in, the whole `present.N.key|value` out (exported by others).
   */
  readonly kind: 'caller-cache' | 'standard';
  readonly layerCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  /** Width of a logits row; `undefined` when the graph leaves it open. */
  readonly vocabSize: number | undefined;
  /** How many hidden states the graph gives out (embeddings included) and how wide they are; 0 if it does not. */
  readonly hiddenStates: { readonly layers: number; readonly width: number };
  /** The outputs that hold the layers' attention patterns; none if one is missing, or in the layout `standard`. */
  readonly attention: readonly string[];
  /** How many of the largest logits the graph gives out with their log-sum-exp; 0 if it does not. */
  readonly topLogits: number;
  /** Whether all new keys and values also come out as one array, `new`. */
  readonly joinsNew: boolean;
  readonly cacheType: 'float32' | 'float16';
  readonly inputNames: readonly string[];
}

/** Sizes from elsewhere (config.json), for graphs that leave them symbolic. */
export interface LayoutHints {
  readonly keyValueHeadCount?: number | undefined;
  readonly headSize?: number | undefined;
}

const knownStandard = new Set(['input_ids', 'attention_mask', 'position_ids', 'use_cache_branch']);

function refuse(message: string, details: Record<string, unknown>): NextTokenError {
  return new NextTokenError(
    'invalid-file',
    `the ONNX graph is not a decoder this adapter can run: ${message}`,
    details,
  );
}

const isHiddenState = ({ name }: Metadata): boolean => /^hidden\.\d+$/.test(name);

function tensorOf(metadata: readonly Metadata[], name: string) {
  const found = metadata.find((entry) => entry.name === name);
  return found?.isTensor ? found : undefined;
}

/**
 * Recognises the layout of a decoder graph.
 * @throws NextTokenError `invalid-file` naming the input or output that does not fit
 */
export function graphLayout(session: InferenceSession, hints: LayoutHints = {}): GraphLayout {
  const { inputMetadata, outputMetadata, inputNames } = session;
  const kind = inputNames.includes('past.0.key') ? 'caller-cache' : 'standard';
  const prefix = kind === 'caller-cache' ? 'past' : 'past_key_values';
  const layerCount = inputNames.filter(
    (name) => name.startsWith(`${prefix}.`) && name.endsWith('.key'),
  ).length;
  const logits = tensorOf(outputMetadata, 'logits');
  if (!logits) throw refuse('it has no output `logits`', { outputs: [...session.outputNames] });
  if (!inputNames.includes('input_ids'))
    throw refuse('it has no input `input_ids`', { inputs: [...inputNames] });
  if (layerCount === 0)
    throw refuse('it has no KV cache inputs (`past_key_values.N.key`)', { inputs: [...inputNames] });
  const key = tensorOf(inputMetadata, `${prefix}.0.key`)!;
  if (key.type !== 'float32' && key.type !== 'float16')
    throw refuse(`its cache has the type ${key.type}`, { input: key.name, type: key.type });
  if (kind === 'standard')
    for (const name of inputNames)
      if (!knownStandard.has(name) && !name.startsWith('past_key_values.'))
        throw refuse(`its input ${name} is unknown`, { input: name });
  const size = (axis: number, hint: number | undefined, what: string): number => {
    const found = key.shape.at(axis);
    const value = typeof found === 'number' ? found : hint;
    if (value === undefined)
      throw refuse(`${what} is open in ${key.name}`, { input: key.name, shape: key.shape });
    return value;
  };
  const patterns = Array.from({ length: layerCount }, (_, layer) => `blocks.${layer}.attn.hook_pattern`);
  const hasPatterns = kind === 'caller-cache' && patterns.every((name) => session.outputNames.includes(name));
  const width = logits.shape.at(-1);
  const topWidth = tensorOf(outputMetadata, 'top_values')?.shape.at(-1);
  const hasTop =
    kind === 'caller-cache' &&
    ['top_ids', 'logits_logsumexp'].every((name) => session.outputNames.includes(name));
  const hiddenWidth = tensorOf(outputMetadata, 'hidden.0')?.shape.at(-1);
  return {
    hiddenStates: {
      layers: typeof hiddenWidth === 'number' ? outputMetadata.filter(isHiddenState).length : 0,
      width: typeof hiddenWidth === 'number' ? hiddenWidth : 0,
    },
    kind,
    layerCount,
    keyValueHeadCount: size(1, hints.keyValueHeadCount, 'the number of key-value heads'),
    headSize: size(-1, hints.headSize, 'the head size'),
    vocabSize: typeof width === 'number' ? width : undefined,
    attention: hasPatterns ? patterns : [],
    topLogits: hasTop && typeof topWidth === 'number' ? topWidth : 0,
    joinsNew: kind === 'caller-cache' && session.outputNames.includes('new'),
    cacheType: key.type,
    inputNames: [...inputNames],
  };
}
