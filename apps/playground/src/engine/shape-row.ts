import { displayToken, type NextTokenRow, type NextTokenTable, nextTokenTable } from '@nexttoken/inspector';
import {
  readSampling,
  type SamplingReading,
  type SamplingSettings,
} from '@nexttoken/inspector-elements/sampling-settings';
import type { Tokenizer } from '@nexttoken/model';
import { softmax } from '@nexttoken/numeric';
import { contextOf, type StepMemory } from './choose';
import { chosenChain } from './chosen-chain';
import type { KeptTo } from './constraint/kept-to';
import type { ReadyChoosing } from './constraint/make-constraint';
import type { Shaped, ShapeRequest } from './protocol';
import { copyOf } from './step-memory';

/** How many tokens a search shows. */
const foundAtMost = 10;

const decoder = new TextDecoder();

/** Everything the page shows of a row: the table, and what the settings do with it. */
export function shapeRow(
  row: Float32Array,
  tokenizer: Tokenizer,
  request: Omit<ShapeRequest, 'model'> & ReadyChoosing,
  memory: StepMemory,
): Omit<Shaped, 'forwards'> {
  const { top, search = '', settings, constraint, withChosen = true } = request;
  const context = contextOf(request);
  const table = nextTokenTable(row, tokenizer, {
    top,
    processors: chosenChain(request).processors,
    context: { ...context, random: copyOf(memory).random },
  });
  const { state } = memory;
  const samplingRow = { logits: row, context, ...(state !== undefined && { samplerState: state }) };
  const reading = readSampling(samplingRow, ...withFirst(constraint, settings, tokenizer));
  const rowOf = rowMaker(row, reading, tokenizer);
  const { id } = reading.chosen;
  const isShown = !withChosen || table.rows.some((shown) => shown.id === id);
  return {
    table: isShown ? table : withRow(table, rowOf(id)),
    // What the panel shows are its own stages.
    reading: constraint ? { ...reading, stages: reading.stages.slice(1) } : reading,
    ...(search !== '' && { found: foundIds(search, row, tokenizer).map(rowOf) }),
  };
}

/** Settings with the constraint as their first stage, and how it is made. */
function withFirst(
  constraint: KeptTo | undefined,
  settings: SamplingSettings,
  tokenizer: Tokenizer,
): [SamplingSettings, Parameters<typeof readSampling>[2]] {
  if (!constraint) return [settings, { tokenizer }];
  const { type, parameters } = constraint;
  const stages = [{ type, parameters, enabled: true }, ...settings.stages];
  return [
    { ...settings, stages },
    { tokenizer, processors: [{ type, fromData: () => constraint }] },
  ];
}

/** Makes the line of any token, however far down it stands. */
function rowMaker(
  logits: Float32Array,
  { scores, removedBy, stages }: SamplingReading,
  tokenizer: Tokenizer,
) {
  let raw: Float32Array | undefined;
  let processed: Float32Array | undefined;
  return (id: number): NextTokenRow => {
    const logit = logits[id]!;
    let rank = 1;
    for (let other = 0; other < logits.length; other++)
      if (logits[other]! > logit || (logits[other] === logit && other < id)) rank++;
    const remover = stages[removedBy[id]! - 1]?.name;
    raw ??= softmax(logits);
    processed ??= softmax(scores);
    const bytes = tokenizer.bytesOf(id);
    return {
      rank,
      id,
      token: displayToken(tokenizer, id),
      text: bytes ? decoder.decode(bytes) : '',
      logit,
      probability: raw[id]!,
      score: scores[id]!,
      share: processed[id]!,
      ...(remover !== undefined && { removedBy: remover }),
    };
  };
}

function withRow(table: NextTokenTable, row: NextTokenRow): NextTokenTable {
  const { count, probability, share = 0 } = table.others;
  return {
    ...table,
    rows: [...table.rows, row],
    others: {
      count: count - 1,
      probability: Math.max(0, probability - row.probability),
      share: Math.max(0, share - (row.share ?? 0)),
    },
  };
}

/** Tokens that hold the text, or have it as their id; the likeliest first. */
function foundIds(search: string, logits: Float32Array, tokenizer: Tokenizer): number[] {
  const wanted = search.toLowerCase();
  const ids: number[] = [];
  for (let id = 0; id < logits.length; id++)
    if (displayToken(tokenizer, id).toLowerCase().includes(wanted) || String(id) === wanted) ids.push(id);
  return ids.sort((a, b) => logits[b]! - logits[a]!).slice(0, foundAtMost);
}
