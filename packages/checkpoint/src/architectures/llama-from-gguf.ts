import { NextTokenError } from '@nexttoken/model';
import type { Architecture } from './architecture';
import type { StoredShapes } from './architecture-description';
import { checkHeads } from './check-heads';
import type { ConfigReader } from './config-reader';

/** The architecture that the key-values and tensors of a Llama GGUF describe. */
export function llamaFromGguf(metadata: ConfigReader, tensors: StoredShapes): Architecture {
  refuseUnsupported(metadata, tensors);
  const vocabSize = vocabularyOf(metadata, tensors);
  const hiddenSize = metadata.positiveInteger('llama.embedding_length');
  const headCount = sameInAllLayers(metadata, 'llama.attention.head_count');
  const headSize = metadata.positiveInteger('llama.attention.key_length', hiddenSize / headCount);
  for (const field of ['llama.attention.value_length', 'llama.rope.dimension_count']) {
    if (metadata.positiveInteger(field, headSize) !== headSize) {
      throw metadata.unsupported(field, `the head size, ${headSize}`);
    }
  }
  return checkHeads(metadata.path, {
    family: 'llama',
    vocabSize,
    hiddenSize,
    intermediateSize: sameInAllLayers(metadata, 'llama.feed_forward_length'),
    layerCount: metadata.positiveInteger('llama.block_count'),
    headCount,
    keyValueHeadCount: sameInAllLayers(metadata, 'llama.attention.head_count_kv', headCount),
    headSize,
    contextLength: metadata.positiveInteger('llama.context_length'),
    rmsNormEpsilon: metadata.positiveNumber('llama.attention.layer_norm_rms_epsilon'),
    rope: {
      theta: metadata.positiveNumber('llama.rope.freq_base', 10000),
      dimensions: headSize,
      scaling: null,
    },
    tiedEmbeddings: !tensors.has('lm_head.weight'),
    attentionBias: tensors.has('model.layers.0.self_attn.q_proj.bias'),
    mlpBias: tensors.has('model.layers.0.mlp.gate_proj.bias'),
    activation: 'silu',
  });
}

function refuseUnsupported(metadata: ConfigReader, tensors: StoredShapes): void {
  const neutral: [field: string, value: unknown, supported: string][] = [
    ['llama.rope.scaling.type', 'none', 'none'],
    ['llama.rope.scale_linear', 1, '1'],
    ['llama.expert_count', 0, '0'],
    ['llama.attention.sliding_window', 0, '0'],
  ];
  for (const [field, value, supported] of neutral) {
    if ((metadata.value(field) ?? value) !== value) throw metadata.unsupported(field, supported);
  }
  if (tensors.has('rope_freqs.weight')) {
    throw new NextTokenError(
      'unsupported-option',
      `${metadata.path}: the tensor rope_freqs.weight scales the rotary frequencies, which is not supported`,
      { path: metadata.path, option: 'rope_freqs.weight', tensor: 'rope_freqs.weight' },
    );
  }
}

function vocabularyOf(metadata: ConfigReader, tensors: StoredShapes): number {
  const { path } = metadata;
  const rows = tensors.get('model.embed_tokens.weight')?.shape[0];
  if (rows === undefined) {
    throw new NextTokenError('missing-tensor', `${path}: llama needs token_embd.weight, which is not there`, {
      path,
      tensor: 'model.embed_tokens.weight',
    });
  }
  if (metadata.positiveInteger('llama.vocab_size', rows) !== rows) {
    throw metadata.invalid('llama.vocab_size', `${rows}, the rows of token_embd.weight`);
  }
  return rows;
}

/** A number that some files repeat per layer; layers that differ are refused. */
function sameInAllLayers(metadata: ConfigReader, field: string, fallback?: number): number {
  const found = metadata.value(field);
  if (!Array.isArray(found)) return metadata.positiveInteger(field, fallback);
  const first: unknown = found[0];
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || found.some((v) => v !== first)) {
    throw metadata.unsupported(field, 'one integer, or an array of equal ones');
  }
  return first;
}
