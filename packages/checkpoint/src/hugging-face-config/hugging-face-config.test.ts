import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Architecture } from '../architectures/architecture';
import { configReader } from '../architectures/config-reader';
import { findArchitecture } from '../architectures/known-architectures';
import { huggingFaceConfig } from './hugging-face-config';

type Config = Readonly<Record<string, unknown>>;

function architectureOf(config: Config): Architecture {
  const reader = configReader(config, 'config.json');
  return findArchitecture('modelTypes', config.model_type, 'config.json').fromConfig(reader);
}

const file = new URL('../../testdata/module-trees.json', import.meta.url);
const answers = JSON.parse(readFileSync(file, 'utf8')) as Record<
  string,
  { cases: Record<string, { config: Config }> }
>;
const printed = Object.entries(answers['transformers-5']!.cases).map(
  ([name, { config }]) => [name, config] as const,
);

const llama = answers['transformers-5']!.cases.llama!.config;
const { rope_parameters: _, ...plain } = llama;
const scalings: Record<string, object> = {
  linear: { factor: 4 },
  dynamic: { factor: 2.5 },
  yarn: { factor: 4, original_max_position_embeddings: 512, beta_fast: 16, truncate: false },
  llama3: { factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 1024 },
  longrope: {
    original_max_position_embeddings: 1024,
    short_factor: new Array(64).fill(1.5),
    long_factor: new Array(64).fill(3),
  },
};
const scaled = Object.entries(scalings).map(
  ([rope_type, fields]) => [rope_type, { ...plain, rope_scaling: { rope_type, ...fields } }] as const,
);
const windows: (readonly [string, Config])[] = [
  [
    'mistral without a window',
    { ...answers['transformers-5']!.cases['mistral-7b']!.config, sliding_window: null },
  ],
  [
    'qwen2 with windows behind some layers',
    {
      ...answers['transformers-5']!.cases['qwen2-tied']!.config,
      use_sliding_window: true,
      sliding_window: 64,
      max_window_layers: 1,
      layer_types: ['full_attention', 'sliding_attention'],
    },
  ],
];

describe('read again, a config gives the same architecture', () => {
  test.each([...printed, ...scaled, ...windows])('%s', (_, config) => {
    const architecture = architectureOf(config);
    const written = huggingFaceConfig(architecture, { eos: [1, 2], bos: 1 }, 'float16');
    expect(architectureOf(JSON.parse(JSON.stringify(written)))).toEqual(architecture);
    expect(written).toMatchObject({ eos_token_id: [1, 2], bos_token_id: 1, torch_dtype: 'float16' });
    expect(written.architectures).toEqual([expect.stringMatching(/(ForCausalLM|LMHeadModel)$/)]);
  });
});

test('frequencies that a GGUF stores as divided become LongRoPE with one list', () => {
  const architecture = architectureOf(llama);
  const factors = Array.from({ length: 64 }, (_, i) => 1 + i / 8);
  const rope = { ...architecture.rope!, scaling: { type: 'divided', factors } } as const;
  const { scaling } = architectureOf(huggingFaceConfig({ ...architecture, rope })).rope!;
  expect(scaling).toMatchObject({ type: 'longrope', factors, attentionFactor: 1, long: null });
});
