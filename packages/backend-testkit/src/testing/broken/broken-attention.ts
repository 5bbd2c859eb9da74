import type { AttentionPatterns } from '@nexttoken/model';
import { ReferenceSession } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

type Positions = readonly (readonly Float64Array[])[];

/** The reference model with another answer to `capture: { attention: true }`. */
function brokenPatterns(
  mistake: string,
  test: string,
  answer: (positions: Positions, correct: (positions: Positions) => AttentionPatterns | null) => unknown,
): BrokenModel {
  return brokenSession(
    mistake,
    ['attention', test],
    class extends ReferenceSession {
      protected override attentionAnswer(positions: Positions): AttentionPatterns | null {
        const correct = (given: Positions) => super.attentionAnswer(given);
        return answer(positions, correct) as AttentionPatterns | null;
      }
    },
  );
}

const sums = 'each position’s weights sum to 1';

/** Mistakes of attention patterns. */
export const brokenAttention: readonly BrokenModel[] = [
  brokenPatterns('weights before the softmax', sums, (positions, correct) =>
    correct(positions.map((heads) => heads.map((weights) => weights.map((x) => 3 * x)))),
  ),
  brokenPatterns('positions look at what comes later', sums, (positions, correct) => {
    const patterns = correct(positions);
    const { heads = 0, keys = 0 } = patterns ?? {};
    const count = positions.length;
    // A mask that was left out: every position shares its weight with the last key.
    for (let line = 0; line < heads * count; line++) {
      const row = patterns!.data.subarray(line * keys, (line + 1) * keys);
      row[0]! /= 2;
      row[keys - 1]! += row[0]!;
    }
    return patterns;
  }),
  brokenPatterns('a weight below 0, and one that makes up for it', sums, (positions, correct) => {
    const patterns = correct(positions);
    if (patterns && patterns.keys > 1) {
      const last = patterns.data.subarray(-patterns.keys);
      last[0]! += 1;
      last[1]! -= 1;
    }
    return patterns;
  }),
  brokenPatterns('of the last position only', sums, (positions, correct) => correct(positions.slice(-1))),
  brokenPatterns('the keys are the new positions only', 'the row’s whole past', (positions, correct) => {
    const past = (positions[0]?.[0]?.length ?? 1) - 1;
    const scale = (weights: Float64Array) => {
      const sum = weights.reduce((total, x) => total + x, 0);
      return weights.map((x) => x / sum);
    };
    return correct(positions.map((heads) => heads.map((weights) => scale(weights.slice(past)))));
  }),
  brokenPatterns('position-major instead of head-major', sums, (positions, correct) => {
    const patterns = correct(positions);
    if (!patterns) return null;
    const { keys } = patterns;
    const lines = positions.flatMap((heads) =>
      heads.map((weights) => [...weights, ...Array<number>(keys - weights.length).fill(0)]),
    );
    return { ...patterns, data: Float32Array.from(lines.flat()) };
  }),
  brokenPatterns('heads in another order in every other call', 'beside the hidden states', alternately()),
  brokenPatterns(
    'a row that sits out gets empty patterns instead of null',
    'null for a row that sits out',
    (positions, correct) =>
      correct(positions) ?? { data: new Float32Array(), layers: 1, heads: 2, positions: 0, keys: 0 },
  ),
  brokenSession(
    'patterns that nobody asked for',
    ['attention', 'absent where it is not asked for'],
    class extends ReferenceSession {
      protected override capturesAttention(): boolean {
        return true;
      }
    },
  ),
];

/** Heads are swapped in every second answer. */
function alternately() {
  let calls = 0;
  return (positions: Positions, correct: (positions: Positions) => AttentionPatterns | null) =>
    correct(calls++ % 2 ? positions.map((heads) => heads.toReversed()) : positions);
}
