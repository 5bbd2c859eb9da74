import type { Architecture } from './architecture';

/** The fields in which most families do not differ: a description names what is special about its own. */
export const neutralArchitecture = {
  norm: 'rms',
  normOffset: 0,
  localRope: null,
  slidingWindow: null,
  embeddingScale: 1,
  attentionSoftcap: null,
  logitSoftcap: null,
  queryKeyNorm: false,
  parallelResidual: false,
  attentionBias: false,
  attentionOutputBias: false,
  mlpBias: false,
  activation: 'silu',
} as const satisfies Partial<Architecture>;
