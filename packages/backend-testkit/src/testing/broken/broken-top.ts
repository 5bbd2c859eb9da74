import type { TopLogits } from '@nexttoken/model';
import { ReferenceSession } from '../reference-session';
import { type BrokenModel, brokenSession } from './broken-model';

/** The reference session with another answer to `top`. */
function brokenTop(
  mistake: string,
  test: string,
  change: (top: TopLogits, positions: readonly Float32Array[]) => TopLogits | null,
): BrokenModel {
  return brokenSession(
    mistake,
    ['top logits', test],
    class extends ReferenceSession {
      protected override topAnswer(positions: readonly Float32Array[], count: number): TopLogits | null {
        const top = super.topAnswer(positions, count);
        return top && change(top, positions);
      }
    },
  );
}

/** Mistakes of the largest logits. */
export const brokenTops: readonly BrokenModel[] = [
  brokenTop('ascending order', 'are those of the whole row', ({ ids, values, logSumExp }) => ({
    ids: ids.toReversed(),
    values: values.toReversed(),
    logSumExp,
  })),
  brokenTop('a log-sum-exp over the largest only', 'are those of the whole row', ({ ids, values }) => ({
    ids,
    values,
    logSumExp: Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0)),
  })),
  brokenTop('ranks instead of ids', 'are those of the whole row', ({ ids, ...rest }) => ({
    ...rest,
    ids: ids.map((_, rank) => rank),
  })),
  brokenSession(
    'those of the first new position',
    ['top logits', 'of the last position'],
    class extends ReferenceSession {
      protected override topAnswer(positions: readonly Float32Array[], count: number): TopLogits | null {
        return super.topAnswer(positions.slice(0, 1), count);
      }
    },
  ),
  brokenSession(
    'a row that sits out gets an empty entry instead of null',
    ['top logits', 'null for a row that sits out'],
    class extends ReferenceSession {
      protected override topAnswer(positions: readonly Float32Array[], count: number): TopLogits | null {
        const none = { ids: new Int32Array(), values: new Float32Array(), logSumExp: 0 };
        return super.topAnswer(positions, count) ?? none;
      }
    },
  ),
  brokenSession(
    'the largest logits although nobody asked',
    ['top logits', 'absent where they are not asked for'],
    class extends ReferenceSession {
      protected override answersTop(): boolean {
        return true;
      }
    },
  ),
  brokenSession(
    'more are asked for than there are, and fewer come',
    ['top logits', 'refused where there are not so many'],
    class extends ReferenceSession {
      protected override checkTop(): void {}
    },
  ),
];
