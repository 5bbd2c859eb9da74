import { NextTokenError } from '@nexttoken/model';

/**
 * Refuses ids outside the vocabulary.
 * @param name what the ids are, as the user wrote it, e.g. `prompt`
 * @throws NextTokenError `tokenizer-mismatch` for ids that a tokenizer made, else `invalid-token-id`
 */
export function checkIds(
  owner: string,
  name: string,
  ids: ArrayLike<number>,
  vocabSize: number,
  fromText: boolean,
): void {
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index]!;
    if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
    const details = { id, vocabSize, index };
    throw fromText
      ? new NextTokenError(
          'tokenizer-mismatch',
          `${owner}: the tokenizer made id ${id}, but the model has ${vocabSize} ids`,
          details,
        )
      : new NextTokenError(
          'invalid-token-id',
          `${owner}: ${name}[${index}] is ${id}, not an id in [0, ${vocabSize})`,
          details,
        );
  }
}
