import type { BeamCandidate, CandidateReason } from '@nexttoken/generate';

const sentences: Readonly<Record<CandidateReason, string>> = {
  best: 'among the best: it is a beam of the next step',
  rank: 'pruned: enough better candidates go on',
  outscored: 'pruned: it ended, but enough finished texts have a better score',
  late: 'pruned: it ended, but only the best candidates of a step may',
  'early-stopping': 'pruned: it ended, but no further text is wanted',
  'end-token': 'finished: an end token',
  'stop-token': 'finished: a stop token',
  'stop-string': 'finished: a stop string',
  'stop-condition': 'finished: the stop condition holds',
  'end-token-in-top': 'finished: an end token is among the best',
  'max-new-tokens': 'finished: the most new tokens are reached',
  'max-length': 'finished: the greatest length is reached',
  'max-time': 'finished: the time is over',
  'context-length': 'finished: the context is full',
  aborted: 'finished: the search was stopped',
  unfinished: 'returned while it was still being written',
};

/** What became of a candidate, and why, as a sentence. */
export function candidateReason({ reason, diversity }: Pick<BeamCandidate, 'reason' | 'diversity'>): string {
  const penalty = diversity < 0 ? ` (diversity took ${(-diversity).toFixed(2)} nats)` : '';
  return sentences[reason] + penalty;
}
