import { beamSearch } from '@nexttoken/generate';
import { createPieceTokenizer, createTestModel, hashedLogits } from '@nexttoken/generate/testing';
import { temperature, topK, topP } from '@nexttoken/sampling';
import { describe, expect, test } from 'vitest';
import { ablateProcessors } from '../ablation/ablate-processors';
import { attentionHead } from '../attention/attention-head';
import { attentionOverview } from '../attention/attention-overview';
import { beamTree } from '../beam-tree/beam-tree';
import { compareModels } from '../comparison/compare-models';
import { drawHistogram } from '../counterfactual/draw-histogram';
import { sweepDraw } from '../counterfactual/sweep-draw';
import { lensHead } from '../lens/lens-head';
import { logitLens } from '../lens/logit-lens';
import { groupLosses } from '../loss/group-losses';
import { lossTable } from '../loss/loss-table';
import { moduleRows } from '../module-tree/module-rows';
import { orderLab } from '../order-lab/order-lab';
import { presetOrders } from '../order-lab/preset-orders';
import { positionTable } from '../position/position-table';
import { renderAblation } from './render-ablation';
import { renderAttentionHead, renderAttentionOverview } from './render-attention';
import { renderBeamTree } from './render-beam-tree';
import { renderDrawHistogram } from './render-draw-histogram';
import { renderLensGrid } from './render-lens-grid';
import { renderLossGroups } from './render-loss-groups';
import { renderModelComparison } from './render-model-comparison';
import { renderModuleRows } from './render-module-rows';
import { renderOrderLab } from './render-order-lab';
import { renderSweptDraws } from './render-swept-draws';
import { sparkline } from './sparkline';
import { textWidth } from './text-width';

/** ANSI codes. */
const codes = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const tokenizer = createPieceTokenizer(['.', ' Paris', ' a', 'b', '日', '\u001b', '\n', ' the']);
const model = createTestModel({ vocabSize: 8, logitsAfter: hashedLogits(8, 3) });

async function views(): Promise<Record<string, (options: { width?: number; color?: boolean }) => string>> {
  const events = [];
  for await (const event of beamSearch({
    model,
    tokenizer,
    prompt: [1],
    numBeams: 3,
    maxNewTokens: 4,
    endTokenIds: [0],
    numReturnSequences: 2,
  }))
    events.push(event);
  const tree = beamTree(events, tokenizer);
  const head = lensHead({
    output: Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
    vocabSize: 8,
    width: 2,
    norm: 'rms',
    normWeight: Float32Array.of(1, 1),
    normEpsilon: 0,
  });
  const states = {
    data: Float32Array.from({ length: 36 }, (_, i) => Math.cos(i)),
    layers: 3,
    positions: 6,
    width: 2,
  };
  const ids = [1, 2, 3, 4, 5, 6];
  const one = await logitLens(states, ids, head, tokenizer, { processors: temperature(2) });
  const all = await logitLens(states, ids, head, tokenizer, { positions: 'all' });
  const patterns = {
    data: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.2, 0.2, 0.6),
    layers: 1,
    heads: 1,
    positions: 3,
    keys: 3,
  };
  const side = { model, tokenizer };
  const text = 'b a the Paris日';
  const comparison = await compareModels({ a: side, b: side, text });
  const losses = lossTable(await positionTable(model, tokenizer.encode(text).ids, tokenizer), tokenizer);
  const row = Float32Array.from([0.6, 0.25, 0.1, 0.05], Math.log);
  const lab = orderLab(row, presetOrders({ temperature: 3, topP: 0.8 }), { tokenizer });
  const swept = sweepDraw(row, [0.5, 1, 2], (value) => temperature(value), { draw: 0.7, tokenizer });
  const leaf = {
    name: 'w',
    path: 'w',
    type: 'Linear',
    arguments: '',
    own: [{ name: 'weight', shape: [2, 3], parameters: 6, dtype: 'F32', bytes: 24 }],
    children: [],
    parameters: 6,
    bytes: 24,
  };
  const modules = moduleRows({ ...leaf, name: '', path: '', type: 'Model', own: [], children: [leaf] });
  return {
    beams: (options) => renderBeamTree(tree, options),
    lens: (options) => renderLensGrid(one, options),
    grid: (options) => renderLensGrid(all, options),
    attention: (options) =>
      renderAttentionHead(attentionHead(patterns, { layer: 0, head: 0, ids: [5, 6, 4], tokenizer }), options),
    overview: (options) => renderAttentionOverview(attentionOverview(patterns), options),
    comparison: (options) => renderModelComparison(comparison, options),
    losses: (options) => renderLossGroups(groupLosses(losses.rows, 'word'), losses, options),
    orders: (options) => renderOrderLab(lab, options),
    sweep: (options) => renderSweptDraws('temperature', swept, options),
    draws: (options) => renderDrawHistogram(drawHistogram(row, { top: 2, tokenizer }), options),
    ablation: (options) =>
      renderAblation(ablateProcessors(row, { processors: [topK(3), topP(0.8)], tokenizer }), options),
    modules: (options) => renderModuleRows(modules, options),
  };
}

describe('every view as text', () => {
  test('no control characters, no colour unasked, within the width where its columns can shrink', async () => {
    for (const [name, render] of Object.entries(await views())) {
      const plain = render({ width: 100 });
      expect(plain, name).not.toMatch(/(?!\n)\p{Cc}/u);
      expect(plain.endsWith('\n')).toBe(false);
      for (const line of plain.split('\n'))
        expect(textWidth(line), `${name}: ${line}`).toBeLessThanOrEqual(100);
      const painted = render({ width: 100, color: true });
      expect(painted, name).toContain('\u001b[');
      // Colour tells nothing that the text does not.
      expect(painted.replace(codes, '').replace(/ +$/gm, ''), name).toBe(plain);
      expect(() => render({ width: 20 })).toThrow('width');
    }
  });

  test('what they tell', async () => {
    const { beams, lens, grid, attention, losses, orders, sweep, modules, comparison, ablation, draws } =
      await views();
    expect(draws!({}).split('\n')).toEqual([
      expect.stringMatching(/^token +share +expected +drawn$/),
      expect.stringMatching(/^\. +60\.0 % +600\.0 +\d{3} {2}█+$/),
      expect.stringMatching(/^␣Paris +25\.0 % +250\.0 +\d{3} {2}█+.?$/),
      expect.stringMatching(/^2 others +15\.0 % +150\.0 +\d{3} {2}█+.?$/),
    ]);
    expect(beams!({})).toMatch(/├─|└─/);
    expect(beams!({ width: 120 })).toContain('enough better candidates go on');
    expect(beams!({})).toMatch(/^#1 {2}-?\d/m);
    expect(lens!({ width: 100 })).toMatch(/settled from \d/);
    expect(lens!({ width: 100 })).toContain('left by the processors');
    expect(grid!({ width: 48 })).toContain('of 6 positions');
    expect(attention!({})).toContain('looks at');
    expect(losses!({})).toMatch(/[▁▂▃▄▅▆▇█]{3}/);
    expect(orders!({})).toContain('left by');
    expect(ablation!({ width: 120 })).toMatch(/topP +2 .* ␣a$/m);
    expect(sweep!({})).toContain('flips');
    expect(modules!({})).toContain('[2, 3] F32');
    expect(comparison!({})).toContain('mean KL 0.00');
  });
});

test('sparkline: from 0 up, means where it is narrow, gaps where nothing is known', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([0, 0, 7, 7], 2)).toBe('▁█');
  expect(sparkline([-1, 0, 1])).toBe('▁▅█');
  expect(sparkline([1, undefined, Number.POSITIVE_INFINITY, 1])).toBe('█  █');
  expect(sparkline([])).toBe('');
  expect(sparkline([0, 0])).toBe('▁▁');
});
