import type { Architecture } from '@nexttoken/checkpoint';
import type { GraphBuilder } from '../graph/graph-builder';
import { linear } from '../layers/linear';
import { mlp } from '../layers/mlp';
import { type Norm, normOf } from '../layers/norm';
import { projectionParts } from '../layers/query-key-value';
import { softCap } from '../layers/soft-cap';
import type { AttentionInput, DecoderLayout } from '../layouts/decoder-layout';
import type { DecoderFamily } from './decoder-family';
import { embedTokens } from './embed-tokens';
import { knownFamilies } from './known-families';

/**
 * Any decoder: embedding, then per layer x + attention(norm(x)) and x + mlp(norm(x)) (side by side with a parallel
 * residual, with further norms behind both where the family has them), a last norm and the output layer.
 * Hidden states are two-dimensional throughout: `[batch · length, hiddenSize]`.
 */
export function decoder(graph: GraphBuilder, layout: DecoderLayout, architecture: Architecture): void {
  const { hiddenSize, vocabSize, layerCount } = architecture;
  const family = knownFamilies[architecture.family];
  const norm = normOf(graph, architecture);
  const residual = ['positions', hiddenSize];
  const prefixOf = (layer: number) => `${family.layers}.${layer}`;
  /** The norm that follows a layer. */
  const followingNorm = (layer: number) =>
    layer < layerCount ? `${prefixOf(layer)}.${family.attentionNorm}` : family.finalNorm;

  let stream = embedTokens(graph, layout, architecture, family);
  const hiddenStates = [stream];
  let normed = norm.of(stream, followingNorm(0), hiddenSize);
  for (let layer = 0; layer < layerCount; layer++) {
    const block = `blocks.${layer}`;
    const prefix = prefixOf(layer);
    graph.tap(`${block}.hook_resid_pre`, stream, residual);
    graph.tap(`${block}.ln1.hook_normalized`, normed, residual);
    const attended = behind(
      norm,
      linear(
        graph,
        layout.attend(layer, attentionInput(graph, normed, { architecture, family, norm, prefix })),
        {
          modules: [
            { module: `${prefix}.${family.attentionOutput}`, transposed: family.transposed === true },
          ],
          outputSizes: [hiddenSize],
          inputSize: architecture.headCount * architecture.headSize,
          bias: architecture.attentionOutputBias,
        },
      ),
      family.behindAttention && `${prefix}.${family.behindAttention}`,
      hiddenSize,
    );
    graph.tap(`${block}.hook_attn_out`, attended, residual);
    const mlpNorm = `${prefix}.${family.mlpNorm}`;
    const middle = architecture.parallelResidual
      ? { normed: norm.of(stream, mlpNorm, hiddenSize), sum: graph.node('Add', [stream, attended]) }
      : norm.ofSum(attended, stream, mlpNorm);
    if (!architecture.parallelResidual) graph.tap(`${block}.hook_resid_mid`, middle.sum, residual);
    graph.tap(`${block}.ln2.hook_normalized`, middle.normed, residual);
    const widened = behind(
      norm,
      mlp(graph, middle.normed, { architecture, family, prefix, block }),
      family.behindMlp && `${prefix}.${family.behindMlp}`,
      hiddenSize,
    );
    const after = norm.ofSum(widened, middle.sum, followingNorm(layer + 1));
    stream = after.sum;
    normed = after.normed;
    graph.tap(`${block}.hook_mlp_out`, widened, residual);
    graph.tap(`${block}.hook_resid_post`, stream, residual);
    hiddenStates.push(layer === layerCount - 1 ? normed : stream);
  }
  graph.tap('ln_final.hook_normalized', normed, residual);
  layout.logits(normed, (rows) =>
    softCap(
      graph,
      linear(graph, rows, {
        modules: [architecture.tiedEmbeddings ? family.embedding : family.head],
        outputSizes: [vocabSize],
        inputSize: hiddenSize,
        bias: false,
        role: 'output',
      }),
      architecture.logitSoftcap,
    ),
  );
  layout.hiddenStates?.(hiddenStates);
}

/** A further norm, where the family has one. */
function behind(norm: Norm, x: string, module: string | undefined, size: number): string {
  return module === undefined ? x : norm.of(x, module, size);
}

function attentionInput(
  graph: GraphBuilder,
  x: string,
  {
    architecture,
    family,
    norm,
    prefix,
  }: {
    readonly architecture: Architecture;
    readonly family: DecoderFamily;
    readonly norm: Norm;
    readonly prefix: string;
  },
): AttentionInput {
  const { hiddenSize, headSize, queryKeyNorm } = architecture;
  return {
    project: (...roles) =>
      linear(graph, x, {
        ...projectionParts(roles, architecture, {
          prefix,
          modules: family.queryKeyValue,
          transposed: family.transposed === true,
        }),
        inputSize: hiddenSize,
        bias: architecture.attentionBias,
      }),
    norm: (role, heads) => {
      if (!queryKeyNorm) return heads;
      return norm.of(heads, `${prefix}.${role === 'query' ? family.queryNorm : family.keyNorm}`, headSize);
    },
  };
}
