import { invalidParameter } from '@nexttoken/model';

/** Sequences of ids by their first one: what follows it, empty for a sequence of one id. */
export type SequenceBreakers = ReadonlyMap<number, readonly (readonly number[])[]>;

/** @throws NextTokenError `invalid-parameter` for an empty sequence or an id that is no integer >= 0 */
export function sequenceBreakers(owner: string, sequences: readonly (readonly number[])[]): SequenceBreakers {
  const breakers = new Map<number, (readonly number[])[]>();
  for (const sequence of sequences) {
    const isLegal = sequence.length > 0 && sequence.every((id) => Number.isInteger(id) && id >= 0);
    if (!isLegal) throw invalidParameter(owner, 'breakers', sequence, 'ids or non-empty sequences of ids');
    const tails = breakers.get(sequence[0]!) ?? [];
    tails.push(sequence.slice(1));
    breakers.set(sequence[0]!, tails);
  }
  return breakers;
}

/** Whether the id alone is a breaker. */
export function isBreaker(breakers: SequenceBreakers, id: number): boolean {
  return breakers.get(id)?.some((tail) => tail.length === 0) ?? false;
}

/**
 * How many ids follow the last complete breaker of the row. A breaker is looked for by where it begins, from
 * the end of the row backwards; among those that begin at one place the longest counts.
 * @param reversed the ids, last one first
 */
export function idsSinceBreaker(reversed: Int32Array, count: number, breakers: SequenceBreakers): number {
  if (breakers.size === 0) return count;
  for (let i = 0; i < count; i++) {
    let longest = -1;
    for (const tail of breakers.get(reversed[i]!) ?? []) {
      const isHere = tail.length <= i && tail.every((id, offset) => id === reversed[i - offset - 1]);
      if (isHere) longest = Math.max(longest, tail.length);
    }
    if (longest >= 0) return i - longest;
  }
  return count;
}
