import type { LogitsProcessor } from '@nexttoken/model';

/** A stateful processor that writes what it is told: ids accepted, promptLength, number of ids. */
export function countingProcessor(): LogitsProcessor<number> {
  return {
    kind: 'processor',
    type: 'counting',
    parameters: {},
    initialState: () => 0,
    accept: (count) => count + 1,
    process(scores, { ids, promptLength }, count) {
      scores[0] = count;
      scores[1] = promptLength;
      scores[2] = ids.length;
    },
  };
}
