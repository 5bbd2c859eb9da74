import type { ConfigReader } from '../../architectures/config-reader';
import { activationClass } from '../activation-classes';
import { dropoutSpec, embeddingSpec, linearSpec, repeatedSpec, rmsNormSpec } from '../layer-specs';
import type { PrintedBy } from '../module-node';
import type { ModuleSpec } from '../module-spec';
import { layerCount, type ModelFamily, paddingIndex, probability } from './model-family';

/** What distinguishes the families whose layers are built as Llama's are. */
export interface LlamaLike {
  readonly modelTypes: readonly string[];
  readonly isOld: boolean;
  /** What its classes begin with, e.g. `Mistral`. */
  readonly prefix: string;
  readonly defaults: {
    readonly vocabSize: number;
    readonly hiddenSize: number;
    readonly intermediateSize: number;
    readonly layerCount: number;
    readonly headCount: number;
    /** Absent: as many as query heads. */
    readonly keyValueHeadCount?: number;
    /** Absent: `hiddenSize / headCount`. */
    readonly headSize?: number;
    readonly epsilon?: number;
    readonly padding?: number;
    readonly tied?: boolean;
    readonly activation?: string;
  };
  /** Which projections have biases; absent: the config's `attention_bias` for all four, default false. */
  readonly attentionBiases?: { readonly inputs: boolean; readonly output: boolean };
  /** Whether the config's `mlp_bias` counts. */
  readonly hasMlpBias?: true;
  /** RMS norms over each head's query and key. */
  readonly hasHeadNorms?: true;
  /** Query, key, value in one product, and gate, up in another (Phi-3). */
  readonly isJoined?: true;
  /** Norms before and behind both parts, and a scaled embedding (Gemma). */
  readonly isSandwich?: true;
  /** Gemma 3: its classes say `Text`, and there were two rotary embeddings. */
  readonly isText?: true;
}

interface Sizes {
  readonly width: number;
  readonly queries: number;
  readonly keys: number;
  readonly headSize: number;
}

/** A family of modules from what distinguishes it. */
export function llamaLike(family: LlamaLike): ModelFamily {
  const { prefix, defaults, modelTypes, isOld } = family;
  return {
    modelTypes,
    isOld,
    spec(config, printedBy, given) {
      const sizes = readSizes(config, defaults);
      const { width } = sizes;
      const rows = config.positiveInteger('vocab_size', defaults.vocabSize);
      const norm = normOf(family, config, printedBy);
      const rotary = { type: `${prefix}RotaryEmbedding` };
      const isBefore = printedBy === 'transformers-4.38';
      const attention: ModuleSpec = {
        type: `${prefix}Attention`,
        children: {
          ...attentionParts(family, config, sizes),
          ...(family.hasHeadNorms && { q_norm: norm(sizes.headSize), k_norm: norm(sizes.headSize) }),
          ...(isBefore && { rotary_emb: rotary }),
        },
      };
      const dropout = () => dropoutSpec(probability(config, 'resid_pdrop', 0));
      const layer: ModuleSpec = {
        type: `${prefix}DecoderLayer`,
        children: {
          self_attn: attention,
          mlp: feedForward(family, config, width, printedBy),
          input_layernorm: norm(width),
          post_attention_layernorm: norm(width),
          ...(family.isSandwich && {
            pre_feedforward_layernorm: norm(width),
            post_feedforward_layernorm: norm(width),
          }),
          ...(family.isJoined && { resid_attn_dropout: dropout(), resid_mlp_dropout: dropout() }),
        },
      };
      const padding = paddingIndex(config, rows, given('pad_token_id') ? undefined : defaults.padding);
      const isScaled = family.isText || (family.isSandwich && printedBy === 'transformers-5');
      const embedding = isScaled ? `${prefix}TextScaledWordEmbedding` : 'Embedding';
      const count = layerCount(config, 'num_hidden_layers', defaults.layerCount);
      const inside = {
        embed_tokens: embeddingSpec(rows, width, padding, embedding),
        layers: repeatedSpec(layer, count),
        norm: norm(width),
        ...(!isBefore && { rotary_emb: rotary }),
        ...(family.isText && printedBy === 'transformers-4.57' && { rotary_emb_local: rotary }),
      };
      const model = { type: `${prefix}${family.isText ? 'Text' : ''}Model`, children: inside };
      return {
        model: { type: `${prefix}ForCausalLM`, children: { model, lm_head: linearSpec(width, rows) } },
        embedding: 'model.embed_tokens.weight',
        head: 'lm_head.weight',
        tied: config.boolean('tie_word_embeddings', defaults.tied ?? false),
        aliases: () => [],
      };
    },
  };
}

function readSizes(config: ConfigReader, defaults: LlamaLike['defaults']): Sizes {
  const width = config.positiveInteger('hidden_size', defaults.hiddenSize);
  const heads = config.positiveInteger('num_attention_heads', defaults.headCount);
  const keyHeads = config.positiveInteger('num_key_value_heads', defaults.keyValueHeadCount ?? heads);
  const headSize = config.positiveInteger('head_dim', defaults.headSize ?? Math.floor(width / heads));
  return { width, queries: heads * headSize, keys: keyHeads * headSize, headSize };
}

function normOf({ prefix, defaults }: LlamaLike, config: ConfigReader, printedBy: PrintedBy) {
  const epsilon = config.positiveNumber('rms_norm_eps', defaults.epsilon ?? 1e-6);
  return (width: number) => rmsNormSpec(`${prefix}RMSNorm`, width, epsilon, printedBy);
}

function attentionParts(
  family: LlamaLike,
  config: ConfigReader,
  { width, queries, keys }: Sizes,
): Record<string, ModuleSpec> {
  const all = family.attentionBiases === undefined && config.boolean('attention_bias', false);
  const { inputs, output } = family.attentionBiases ?? { inputs: all, output: all };
  const o_proj = linearSpec(queries, width, output);
  if (family.isJoined) return { o_proj, qkv_proj: linearSpec(width, queries + 2 * keys, inputs) };
  return {
    q_proj: linearSpec(width, queries, inputs),
    k_proj: linearSpec(width, keys, inputs),
    v_proj: linearSpec(width, keys, inputs),
    o_proj,
  };
}

function feedForward(
  family: LlamaLike,
  config: ConfigReader,
  width: number,
  printedBy: PrintedBy,
): ModuleSpec {
  const { prefix, defaults, isJoined, isSandwich } = family;
  const inner = config.positiveInteger('intermediate_size', defaults.intermediateSize);
  const bias = family.hasMlpBias === true && config.boolean('mlp_bias', false);
  const field = isSandwich ? 'hidden_activation' : 'hidden_act';
  const activation = activationClass(config, field, defaults.activation ?? 'silu', printedBy);
  const down_proj = linearSpec(inner, width, bias);
  return {
    type: `${prefix}MLP`,
    children: isJoined
      ? { gate_up_proj: linearSpec(width, 2 * inner), down_proj, activation_fn: activation }
      : {
          gate_proj: linearSpec(width, inner, bias),
          up_proj: linearSpec(width, inner, bias),
          down_proj,
          act_fn: activation,
        },
  };
}
