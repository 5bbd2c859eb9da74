import type { Architecture } from '@nexttoken/checkpoint';

/** A Llama of two layers, two query heads and one key-value head. */
export function smallArchitecture(headSize: number): Architecture {
  return {
    family: 'llama',
    vocabSize: 10,
    hiddenSize: 2 * headSize,
    intermediateSize: 8,
    layerCount: 2,
    headCount: 2,
    keyValueHeadCount: 1,
    headSize,
    contextLength: 16,
    norm: 'rms',
    normEpsilon: 1e-5,
    normOffset: 0,
    rope: { theta: 10000, dimensions: headSize, scaling: null },
    localRope: null,
    slidingWindow: null,
    embeddingScale: 1,
    attentionScale: 1 / Math.sqrt(headSize),
    attentionSoftcap: null,
    logitSoftcap: null,
    queryKeyNorm: false,
    parallelResidual: false,
    tiedEmbeddings: false,
    attentionBias: false,
    attentionOutputBias: false,
    mlpBias: false,
    activation: 'silu',
  };
}
