import {
  checkOptionNames,
  type HiddenStates,
  invalidParameter,
  type LanguageModel,
  NextTokenError,
  type Session,
  type Tokenizer,
} from '@nexttoken/model';
import { massBefore } from '../distribution/mass-before';
import { captureHiddenStates } from './capture-hidden-states';
import { type CellInput, lensCell } from './lens-cell';
import { lensColumn } from './lens-column';
import type { LensCell, LensColumn, LensGrid, LensHead, LogitLensOptions } from './lens-data';
import { type LensPlan, lensPlan } from './lens-plan';

const owner = 'logitLens';
const optionNames: readonly string[] = Object.keys({
  positions: 0,
  layers: 0,
  top: 0,
  watch: 0,
  norm: 0,
  processors: 0,
  mass: 0,
  signal: 0,
  onProgress: 0,
} satisfies Record<keyof LogitLensOptions, 0>);

/** The states of one position, shape `[layers, width]`. */
function statesAt(
  { data, positions, width }: HiddenStates,
  layers: readonly number[],
  position: number,
): Float32Array {
  const states = new Float32Array(layers.length * width);
  for (const [index, layer] of layers.entries()) {
    const start = (layer * positions + position) * width;
    states.set(data.subarray(start, start + width), index * width);
  }
  return states;
}

interface ComputedColumn {
  readonly column: LensColumn;
  readonly cells: readonly LensCell[];
}

function computeColumn(
  states: Float32Array,
  position: number,
  ids: ArrayLike<number>,
  head: LensHead,
  tokenizer: Tokenizer | undefined,
  plan: LensPlan,
  options: LogitLensOptions,
): ComputedColumn {
  const { width, vocabSize } = head;
  const { layers } = plan;
  const last = layers.length - 1;
  const inner = head.project(states.subarray(0, last * width), plan.norm === 'final');
  // The last layer's states are normed already.
  const output = head.project(states.subarray(last * width), false);
  const rows = layers.map((_, index) =>
    index === last ? output : inner.subarray(index * vocabSize, (index + 1) * vocabSize),
  );
  const past = Array.from(ids).slice(0, position + 1);
  const settings = { top: plan.top, watch: plan.watch, processors: options.processors, tokenizer };
  const cells = layers.map((layer, index) => {
    const hidden = states.subarray(index * width, (index + 1) * width);
    const input: CellInput = { layer, position, hidden, logits: rows[index]!, output, ids: past };
    return lensCell(input, settings);
  });
  const inNucleus = rows.map((row, index) => massBefore(row, cells[index]!.final.id) < plan.mass);
  return { column: lensColumn(position, ids[position]!, cells, inNucleus, tokenizer), cells };
}

const nameOf = (layer: number, count: number): string =>
  layer === 0 ? 'embeddings' : layer === count - 1 ? 'output' : `block ${layer}`;

/**
 * The logit lens: what each layer would predict if it were the last. `logits(layer) = output · norm(h(layer))`, with
 * the model's final norm and output layer; the last row is the model's own prediction.
 *
 * @param source a model (a session is opened, and disposed in any case), a session of one row, which is continued, or
 *   hidden states that were captured before, of these ids
 * @param ids at least one token id
 * @param head the model's norm and output layer, see {@link readLensHead}
 * @throws NextTokenError `empty-prompt`, `unsupported-capability` for a model that does not give hidden states out,
 *   `invalid-parameter`, `unsupported-option`, `invalid-token-id`; the signal's reason, which is looked at between columns
 *
 * Cost: one forward, then for each column `layers · vocabSize · width` multiplications and `layers · vocabSize` logits.
 * Source: nostalgebraist, "interpreting GPT: the logit lens", 2020.
 */
export async function logitLens(
  source: LanguageModel | Session | HiddenStates,
  ids: ArrayLike<number>,
  head: LensHead,
  tokenizer?: Tokenizer,
  options: LogitLensOptions = {},
): Promise<LensGrid> {
  checkOptionNames(owner, options, optionNames);
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  if (ids.length === 0) throw new NextTokenError('empty-prompt', `${owner}: there is no token to look at`);
  const hidden = 'data' in source ? source : await captureHiddenStates(source, ids, signal);
  if (hidden.positions !== ids.length) {
    throw invalidParameter(owner, 'ids', ids.length, `one id a hidden state, ${hidden.positions}`);
  }
  const plan = lensPlan(options, hidden, head);
  const computed: ComputedColumn[] = [];
  for (const position of plan.positions) {
    // The event loop gets its turn between columns: aborts and screens work.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    const states = statesAt(hidden, plan.layers, position);
    computed.push(computeColumn(states, position, ids, head, tokenizer, plan, options));
    onProgress?.({
      done: computed.length * plan.layers.length,
      total: plan.positions.length * plan.layers.length,
    });
  }
  return {
    columns: computed.map(({ column }) => column),
    layers: plan.layers.map((layer, index) => ({
      layer,
      name: nameOf(layer, hidden.layers),
      cells: computed.map(({ cells }) => cells[index]!),
    })),
    norm: plan.norm,
    mass: plan.mass,
    vocabSize: head.vocabSize,
  };
}
