import { invalidParameter } from '@nexttoken/model';

/**
 * What the naive training program counts, in its order, one line each: `prefix -> token`, for every token and every
 * prefix of 0 to `order - 1` words before it in its sentence.
 *
 * @param order length of the longest n-grams, an integer >= 1
 * @throws NextTokenError `invalid-parameter` for an order below 1
 */
export function* trainingTrace(sentences: Iterable<readonly string[]>, order: number): Generator<string> {
  if (!Number.isInteger(order) || order < 1)
    throw invalidParameter('trainingTrace', 'order', order, 'an integer >= 1');
  for (const sentence of sentences) {
    for (let begin = 0; begin < sentence.length; begin++) {
      for (let end = begin; end < Math.min(sentence.length, begin + order); end++) {
        yield `${sentence.slice(begin, end).join(' ')} -> ${sentence[end]}`;
      }
    }
  }
}
