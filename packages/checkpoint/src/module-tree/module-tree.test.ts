import { readFileSync } from 'node:fs';
import { readSharedText } from '@nexttoken/goldens';
import { describeShared } from '@nexttoken/goldens/vitest';
import { describe, expect, test } from 'vitest';
import type { ModuleNode, PrintedBy } from './module-node';
import { moduleTree } from './module-tree';
import { renderModuleTree } from './render-module-tree';

interface Answer {
  readonly config: Readonly<Record<string, unknown>>;
  readonly printed: readonly string[];
  readonly modules?: number;
  readonly parameters?: readonly (readonly [name: string, shape: readonly number[]])[];
  readonly tied?: Readonly<Record<string, string>>;
  readonly total?: number;
}
interface Answers {
  readonly activations: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, Answer>>;
}
const file = new URL('../../testdata/module-trees.json', import.meta.url);
const answers = JSON.parse(readFileSync(file, 'utf8')) as Record<PrintedBy, Answers>;

function* modulesOf(node: ModuleNode): Generator<ModuleNode> {
  yield node;
  for (const child of node.children) yield* modulesOf(child);
}

const all = Object.entries(answers).flatMap(([printedBy, { cases }]) =>
  Object.entries(cases).map(([name, answer]) => [printedBy as PrintedBy, name, answer] as const),
);

test.each(all)('%s prints %s', (printedBy, _, { config, printed }) => {
  expect(renderModuleTree(moduleTree({ config }, { printedBy })).split('\n')).toEqual(printed);
});

describe.each(Object.entries(answers['transformers-5'].cases))('%s', (_, answer) => {
  const tree = moduleTree({ config: answer.config });
  const nodes = [...modulesOf(tree.root)];

  test('has the modules, parameters, tied weights and the total of PyTorch', () => {
    expect(nodes).toHaveLength(answer.modules!);
    const own = nodes.flatMap((node) => node.own.map((each) => [`${node.path}.${each.name}`, each] as const));
    const first = own.filter(([path, { tiedTo }]) => !/\.[1-9]\d*\./.test(path) && tiedTo === undefined);
    const byName = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
    expect(first.map(([path, { shape }]) => [path, shape]).sort(byName)).toEqual(
      [...answer.parameters!].sort(byName),
    );
    const tied = own.filter(([, { tiedTo }]) => tiedTo !== undefined);
    expect(Object.fromEntries(tied.map(([path, { tiedTo }]) => [path, tiedTo]))).toEqual(answer.tied);
    expect(tree.root.parameters).toBe(answer.total);
  });
});

test.each(Object.keys(answers) as PrintedBy[])('the activations of %s', (printedBy) => {
  for (const [name, printed] of Object.entries(answers[printedBy].activations)) {
    const config = { model_type: 'llama', num_hidden_layers: 1, hidden_act: name };
    expect(renderModuleTree(moduleTree({ config }, { printedBy })), name).toContain(`(act_fn): ${printed}`);
  }
});

describeShared('what the notebooks print', () => {
  /** The lines from the first that begins with `start` until an empty one. */
  const block = (text: string, start: string) => {
    const lines = text.split('\n');
    const from = lines.findIndex((line) => line.startsWith(start));
    return lines.slice(from, lines.indexOf('', from));
  };

  test('GPT-2: one block, and the names of all modules', () => {
    const text = readSharedText('seeds/llm-playground.txt');
    const tree = moduleTree({ config: { model_type: 'gpt2' } }, { printedBy: 'transformers-4.57' });
    const blockNode = [...modulesOf(tree.root)].find(({ path }) => path === 'transformer.h.0')!;
    const printed = renderModuleTree({ ...tree, root: blockNode }).split('\n');
    expect(printed).toEqual(block(text, 'GPT2Block('));
    expect(printed).toHaveLength(16);
    const lines = text.split('\n');
    const from = lines.indexOf('wte');
    const listed = lines.slice(from, lines.indexOf('', from));
    const whole = listed.slice(0, -1);
    const prefix = 'transformer.';
    const names = [...modulesOf(tree.root)].flatMap(({ path }) =>
      path.startsWith(prefix) ? [path.slice(prefix.length)] : [],
    );
    expect(names.slice(0, whole.length)).toEqual(whole);
    expect(names[whole.length]!.startsWith(listed.at(-1)!)).toBe(true);
    expect(whole.length).toBeGreaterThan(70);
  });

  test('Mistral-7B AWQ, as far as the notebook prints it', () => {
    const printed = block(readSharedText('seeds/language-models-ngram.txt'), 'MistralForCausalLM(');
    const config = {
      model_type: 'mistral',
      pad_token_id: 0,
      rms_norm_eps: 1e-5,
      quantization_config: {
        quant_method: 'awq',
        bits: 4,
        group_size: 128,
        version: 'gemm',
        zero_point: true,
      },
    };
    const tree = renderModuleTree(moduleTree({ config }, { printedBy: 'transformers-4.38' }));
    expect(tree.startsWith(printed.join('\n'))).toBe(true);
    expect(printed.length).toBeGreaterThan(12);
  });
});

test('dtype and bytes from the config where there is no header', () => {
  const { config } = answers['transformers-5'].cases['mistral-7b']!;
  const { root } = moduleTree({ config: { ...config, dtype: 'bfloat16' } });
  expect([root.parameters, root.bytes]).toEqual([7241732096, 2 * 7241732096]);
  expect(moduleTree({ config: { ...config, torch_dtype: 'float32' } }).root.bytes).toBe(4 * 7241732096);
  expect(moduleTree({ config }).root.bytes).toBe(null);
});

describe('refusals', () => {
  const refusal = (config: Record<string, unknown>, options = {}) => {
    try {
      moduleTree({ config }, options);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  test.each<[string, Record<string, unknown>, object?]>([
    ['unknown-architecture', { model_type: 'mamba' }],
    ['unknown-architecture', {}],
    ['unsupported-option', { model_type: 'llama', hidden_act: 'swoosh' }],
    ['unsupported-option', { model_type: 'gpt2', add_cross_attention: true }],
    ['unsupported-option', { model_type: 'qwen3' }, { printedBy: 'transformers-4.38' }],
    ['unsupported-option', { model_type: 'llama', quantization_config: { quant_method: 'bitsandbytes' } }],
    ['invalid-config', { model_type: 'llama', hidden_size: -1 }],
    ['invalid-config', { model_type: 'llama', num_hidden_layers: 2 ** 30 }],
    ['invalid-config', { model_type: 'llama', pad_token_id: 32000 }],
    ['invalid-config', { model_type: 'gpt2', resid_pdrop: 2 }],
    ['invalid-parameter', { model_type: 'gpt2' }, { printedBy: 'keras' }],
    ['unsupported-option', { model_type: 'gpt2' }, { printedAs: 'x' }],
  ])('%s: %j', (code, config, options) => {
    expect(refusal(config, options)).toMatchObject({ code });
  });
});
