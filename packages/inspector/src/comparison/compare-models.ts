import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { type RowDivergence, rowDivergence } from '../distribution/row-divergence';
import { predictionRows } from '../position/prediction-rows';
import { alignPieces } from './align-pieces';
import type {
  ComparedPiece,
  ComparedSegment,
  CompareModelsOptions,
  ModelComparison,
} from './comparison-data';
import { bestBytes, encodeSide, readPiece, type SideText } from './read-side';

const owner = 'compareModels';
const optionNames: readonly string[] = Object.keys({
  a: 0,
  b: 0,
  text: 0,
  top: 0,
  signal: 0,
  onProgress: 0,
} satisfies Record<keyof CompareModelsOptions, 0>);
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A side's tokens, and what it would have said instead of each. */
interface ReadText {
  readonly pieces: ComparedPiece[];
  readonly best: (string | undefined)[];
}

type Step = (logits: Float32Array | undefined) => void;

/** Takes the rows of one side as they come; rows of what comes before the text are passed over. */
function collector(side: SideText, top: number): ReadText & { readonly take: Step } {
  const pieces: ComparedPiece[] = [];
  const best: (string | undefined)[] = [];
  let position = side.skipped;
  return {
    pieces,
    best,
    take: (logits) => {
      pieces.push(readPiece(side, side.ids[position++]!, logits, top));
      best.push(logits && bestBytes(side, logits));
    },
  };
}

async function* textRows(side: SideText, settings: Pick<CompareModelsOptions, 'signal' | 'onProgress'>) {
  if (side.skipped === 0) yield undefined;
  let position = 1;
  for await (const { logits } of predictionRows(side.model, side.ids, { owner, ...settings })) {
    if (position++ >= side.skipped) yield logits;
  }
}

/** Reads both sides step by step, so that no more than two chunks of rows exist at once. */
async function readTogether(
  sides: readonly [SideText, SideText],
  { top = 5, signal, onProgress }: CompareModelsOptions,
) {
  const [a, b] = [collector(sides[0], top), collector(sides[1], top)];
  const divergences: (RowDivergence | undefined)[] = [];
  const rowsB = textRows(sides[1], { signal });
  try {
    for await (const logits of textRows(sides[0], { signal, onProgress })) {
      const { value: other } = (await rowsB.next()) as { value: Float32Array | undefined };
      a.take(logits);
      b.take(other);
      divergences.push(logits && other ? rowDivergence(logits, other) : undefined);
    }
  } finally {
    await rowsB.return(undefined);
  }
  return { read: [a, b] as const, divergences };
}

async function readApart(sides: readonly [SideText, SideText], options: CompareModelsOptions) {
  const { top = 5, signal, onProgress } = options;
  const read = [collector(sides[0], top), collector(sides[1], top)] as const;
  for (const [index, side] of sides.entries()) {
    const report = onProgress && {
      onProgress: ({ done, total }: { done: number; total: number }) =>
        onProgress({ done: done + index * total, total: 2 * total }),
    };
    for await (const logits of textRows(side, { signal, ...report })) read[index]!.take(logits);
  }
  return { read, divergences: [] };
}

function sumBits(pieces: readonly ComparedPiece[]): number | undefined {
  let sum = 0;
  for (const { bits } of pieces) {
    if (bits === undefined) return undefined;
    sum += bits;
  }
  return sum;
}

const sameIds = ([a, b]: readonly [SideText, SideText]): boolean =>
  a.model.vocabSize === b.model.vocabSize &&
  a.ids.length - a.skipped === b.ids.length - b.skipped &&
  a.ids
    .slice(a.skipped)
    .every((id, i) => id === b.ids[b.skipped + i] && a.tokenizer.tokenOf(id) === b.tokenizer.tokenOf(id));

/**
 * Two models reading the same text: bits of each, their difference, and where their guesses part. Of one vocabulary the
 * whole distributions are compared at every token (KL, JS); different tokenizers are aligned by bytes, at the borders
 * that both have (never within a character), and compared in bits alone.
 *
 * Each side may have something before the text that is not compared: the chat template for an instruct model, nothing
 * for its base.
 *
 * @throws NextTokenError `invalid-parameter`, `unsupported-option`, `context-overflow`, `tokenizer-mismatch` when a
 *   side's tokens can not be placed in the text, and what models and tokenizers throw; the signal's reason
 *
 * Cost: one reading of the text by each; 64 rows of logits a side at a time.
 */
export async function compareModels(options: CompareModelsOptions): Promise<ModelComparison> {
  checkOptionNames(owner, options, optionNames);
  const { a, b, text, top = 5 } = options;
  if (!Number.isInteger(top) || top < 0) throw invalidParameter(owner, 'top', top, 'an integer >= 0');
  if (typeof text !== 'string' || text === '') throw invalidParameter(owner, 'text', text, 'a text');
  const sides = [encodeSide(a, text), encodeSide(b, text)] as const;
  const alignment = sameIds(sides) ? 'ids' : 'bytes';
  const { read, divergences } = await (alignment === 'ids' ? readTogether : readApart)(sides, options);
  const bytes = encoder.encode(text);
  const isBorder = (place: number): boolean => (bytes[place]! & 0xc0) !== 0x80;
  const stretches = alignPieces([sides[0].borders, sides[1].borders], bytes.length, isBorder);
  const segments = stretches.map(({ start, end, tokens }): ComparedSegment => {
    const [rangeA, rangeB] = tokens as [readonly [number, number], readonly [number, number]];
    const pieces = [read[0].pieces.slice(...rangeA), read[1].pieces.slice(...rangeB)] as const;
    const bits = [sumBits(pieces[0]), sumBits(pieces[1])] as const;
    const guesses = [read[0].best[rangeA[0]], read[1].best[rangeB[0]]];
    const divergence = rangeA[1] - rangeA[0] === 1 ? divergences[rangeA[0]] : undefined;
    return {
      start,
      end,
      text: decoder.decode(bytes.subarray(start, end)),
      pieces,
      bits,
      delta: bits[0] === undefined || bits[1] === undefined ? undefined : bits[0] - bits[1],
      ...(divergence && {
        divergence: { kl: divergence.kl, reverseKl: divergence.reverseKl, js: divergence.js },
      }),
      sameBest: guesses.includes(undefined) ? undefined : guesses[0] === guesses[1],
    };
  });
  return summarise(segments, alignment, [a.name ?? a.model.modelId, b.name ?? b.model.modelId]);
}

function summarise(
  segments: readonly ComparedSegment[],
  alignment: 'ids' | 'bytes',
  names: readonly [string, string],
): ModelComparison {
  const scored = segments.filter(({ delta }) => delta !== undefined);
  const sum = (of: (segment: ComparedSegment) => number): number =>
    scored.reduce((total, segment) => total + of(segment), 0);
  const bits = [sum(({ bits: [a] }) => a!), sum(({ bits: [, b] }) => b!)] as const;
  const bytes = sum(({ start, end }) => end - start);
  const compared = segments.flatMap(({ divergence }) => divergence ?? []);
  const mean = (of: (divergence: (typeof compared)[number]) => number): number =>
    compared.reduce((total, divergence) => total + of(divergence), 0) / compared.length;
  return {
    names,
    alignment,
    segments,
    bits,
    bytes,
    bitsPerByte: bytes === 0 ? [0, 0] : [bits[0] / bytes, bits[1] / bytes],
    tokens: [sum(({ pieces: [a] }) => a.length), sum(({ pieces: [, b] }) => b.length)],
    ...(compared.length > 0 && { meanKl: mean(({ kl }) => kl), meanJs: mean(({ js }) => js) }),
    divergences: segments.flatMap(({ sameBest }, index) => (sameBest === false ? [index] : [])),
  };
}
