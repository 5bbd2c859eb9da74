import { sharedPath } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, test } from 'vitest';
import { openCheckpointPath } from '../node/open-checkpoint-path';
import { openSafetensors } from '../safetensors/open-safetensors';
import { type HeaderTensor, headerOnlySource } from '../testing/header-only-source';
import { checkpointModuleTree } from './checkpoint-module-tree';
import type { ModuleNode } from './module-node';
import { renderModuleTable } from './render-module-table';
import { renderModuleTree } from './render-module-tree';

/** TheBloke/Mistral-7B-v0.1-AWQ as its config and header describe it. */
const config = {
  architectures: ['MistralForCausalLM'],
  model_type: 'mistral',
  hidden_size: 4096,
  intermediate_size: 14336,
  max_position_embeddings: 32768,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  pad_token_id: 0,
  rms_norm_eps: 1e-5,
  rope_theta: 10000,
  sliding_window: 4096,
  tie_word_embeddings: false,
  torch_dtype: 'float16',
  vocab_size: 32000,
  quantization_config: { bits: 4, group_size: 128, quant_method: 'awq', version: 'gemm', zero_point: true },
};
const quantized = (name: string, inputs: number, outputs: number): HeaderTensor[] => [
  [`${name}.qweight`, 'I32', [inputs, outputs / 8]],
  [`${name}.qzeros`, 'I32', [inputs / 128, outputs / 8]],
  [`${name}.scales`, 'F16', [inputs / 128, outputs]],
];
const layer = (index: number): HeaderTensor[] => {
  const prefix = `model.layers.${index}`;
  return [
    [`${prefix}.input_layernorm.weight`, 'F16', [4096]],
    [`${prefix}.post_attention_layernorm.weight`, 'F16', [4096]],
    ...quantized(`${prefix}.self_attn.q_proj`, 4096, 4096),
    ...quantized(`${prefix}.self_attn.k_proj`, 4096, 1024),
    ...quantized(`${prefix}.self_attn.v_proj`, 4096, 1024),
    ...quantized(`${prefix}.self_attn.o_proj`, 4096, 4096),
    ...quantized(`${prefix}.mlp.gate_proj`, 4096, 14336),
    ...quantized(`${prefix}.mlp.up_proj`, 4096, 14336),
    ...quantized(`${prefix}.mlp.down_proj`, 14336, 4096),
  ];
};
const header: HeaderTensor[] = [
  ['model.embed_tokens.weight', 'F16', [32000, 4096]],
  ...Array.from({ length: 32 }, (_, index) => layer(index)).flat(),
  ['model.norm.weight', 'F16', [4096]],
  ['lm_head.weight', 'F16', [32000, 4096]],
];

describe('Mistral-7B AWQ from config and header', () => {
  const open = (tensors: readonly HeaderTensor[] = header) =>
    openSafetensors({ config, sources: [headerOnlySource('model.safetensors', tensors)] });

  test('prints as in the notebook', async () => {
    const checkpoint = await open();
    const text = renderModuleTree(checkpointModuleTree(checkpoint, { printedBy: 'transformers-4.38' }));
    const linear = (name: string, inputs: number, outputs: number) =>
      `          (${name}): WQLinear_GEMM(in_features=${inputs}, out_features=${outputs}, bias=False, w_bit=4, group_size=128)`;
    expect(text.split('\n')).toEqual([
      'MistralForCausalLM(',
      '  (model): MistralModel(',
      '    (embed_tokens): Embedding(32000, 4096, padding_idx=0)',
      '    (layers): ModuleList(',
      '      (0-31): 32 x MistralDecoderLayer(',
      '        (self_attn): MistralAttention(',
      linear('q_proj', 4096, 4096),
      linear('k_proj', 4096, 1024),
      linear('v_proj', 4096, 1024),
      linear('o_proj', 4096, 4096),
      '          (rotary_emb): MistralRotaryEmbedding()',
      '        )',
      '        (mlp): MistralMLP(',
      linear('gate_proj', 4096, 14336),
      linear('up_proj', 4096, 14336),
      linear('down_proj', 14336, 4096),
      '          (act_fn): SiLU()',
      '        )',
      '        (input_layernorm): MistralRMSNorm()',
      '        (post_attention_layernorm): MistralRMSNorm()',
      '      )',
      '    )',
      '    (norm): MistralRMSNorm()',
      '  )',
      '  (lm_head): Linear(in_features=4096, out_features=32000, bias=False)',
      ')',
    ]);
  });

  test('knows the bytes of the file and the numbers that they stand for', async () => {
    const checkpoint = await open();
    const tree = checkpointModuleTree(checkpoint);
    const stored = [...checkpoint.tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect([tree.root.parameters, tree.root.bytes]).toEqual([7241732096, stored]);
    expect([tree.missing, tree.surplus]).toEqual([[], []]);
    expect(renderModuleTable(tree).split('\n')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ {6}0-31: 32 × MistralDecoderLayer +218,112,000 +113\.\d MB$/),
        expect.stringMatching(
          /^ {10}q_proj: WQLinear_GEMM +weight \[4096, 4096\] AWQ4 +16,777,216 +8\.\d MB$/,
        ),
        `7,241,732,096 parameters, 4.2 GB (${stored} bytes)`,
      ]),
    );
  });

  test('a layer that is not quantized stands apart', async () => {
    const plain = header.flatMap(([name, dtype, shape]): HeaderTensor[] => {
      if (!name.startsWith('model.layers.5.mlp.up_proj.')) return [[name, dtype, shape]];
      return name.endsWith('qweight') ? [['model.layers.5.mlp.up_proj.weight', 'F16', [14336, 4096]]] : [];
    });
    const text = renderModuleTree(checkpointModuleTree(await open(plain)));
    expect(text).toContain('(0-4): 5 x MistralDecoderLayer(');
    expect(text).toContain('(5): MistralDecoderLayer(');
    expect(text).toContain('(6-31): 26 x MistralDecoderLayer(');
    expect(text.match(/\(up_proj\): Linear\(/g)).toHaveLength(1);
  });
});

describeShared('real models', () => {
  function* parametersOf(node: ModuleNode): Generator<string> {
    for (const { name, tiedTo } of node.own) if (tiedTo === undefined) yield `${node.path}.${name}`;
    for (const child of node.children) yield* parametersOf(child);
  }

  test.each([
    ['goldens/models/tiny-random-gpt2', 'GPT2Block'],
    ['goldens/models/tiny-random-llama', 'LlamaDecoderLayer'],
    ['goldens/models/tiny-random-mistral', 'MistralDecoderLayer'],
    ['goldens/models/tiny-random-qwen2', 'Qwen2DecoderLayer'],
    ['goldens/models/tiny-random-qwen3', 'Qwen3DecoderLayer'],
    ['data/models/stories260k', 'LlamaDecoderLayer'],
    ['data/models/stories260k/stories260k-f32.gguf', 'LlamaDecoderLayer'],
    ['data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf', 'LlamaDecoderLayer'],
  ])('%s: every stored tensor has its module, and every module its tensors', async (path, block) => {
    const checkpoint = await openCheckpointPath(sharedPath(path));
    const tree = checkpointModuleTree(checkpoint);
    await checkpoint.close();
    expect([tree.missing, tree.surplus]).toEqual([[], []]);
    expect([...parametersOf(tree.root)].sort()).toEqual([...checkpoint.tensors.keys()].sort());
    const stored = [...checkpoint.tensors.values()];
    expect(tree.root.bytes).toBe(stored.reduce((sum, { byteLength }) => sum + byteLength, 0));
    expect(renderModuleTree(tree)).toContain(` x ${block}(`);
  });

  test('SmolLM2 from its GGUF: tied, with the dtypes of the file', async () => {
    const checkpoint = await openCheckpointPath(
      sharedPath('data/models/smollm2-135m-instruct/SmolLM2-135M-Instruct.Q4_1.gguf'),
    );
    const table = renderModuleTable(checkpointModuleTree(checkpoint));
    await checkpoint.close();
    expect(table).toMatch(/embed_tokens: Embedding +weight \[49152, 576\] Q8_0 +28,311,552/);
    expect(table).toMatch(/lm_head: Linear +weight \[49152, 576\] Q8_0 = model.embed_tokens.weight/);
    expect(table).toContain('134,515,008 parameters');
    expect(table).toContain('lm_head.weight is model.embed_tokens.weight, counted once');
  });
});
