import { NextTokenError } from '@nexttoken/model';

/** Nothing is left to choose from. */
export function noCandidates(sampler: string, row: number): NextTokenError {
  return new NextTokenError('no-candidates', `${sampler}: every score of row ${row} is -Infinity`, {
    sampler,
    row,
  });
}

/** The row holds a score that no choice can be made with. */
export function invalidScores(sampler: string, row: number, index: number, score: number): NextTokenError {
  return new NextTokenError('invalid-scores', `${sampler}: score ${index} of row ${row} is ${score}`, {
    sampler,
    row,
    index,
    score: String(score),
  });
}
