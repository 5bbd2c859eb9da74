import { sliceAligned } from '../text/aligned-text';
import type { Normalizer } from './normalizer';

const space = /\p{White_Space}/u;

/** Takes white space away in front and at the end. */
export function stripEnds(left: boolean, right: boolean): Normalizer {
  return {
    type: 'Strip',
    normalize(source) {
      const { text } = source;
      let [start, end] = [0, text.length];
      while (left && start < end && space.test(text[start]!)) start += 1;
      while (right && end > start && space.test(text[end - 1]!)) end -= 1;
      return sliceAligned(source, start, end);
    },
  };
}
