import type { JsonPart } from './read-json';

/** Token to id and back, as the model part of tokenizer.json lists them. */
export interface ModelVocabulary {
  readonly idOf: Map<string, number>;
  /** Sparse where ids are unused. */
  readonly tokenOf: (string | undefined)[];
}

/** Reads `vocab`: an object of token to id (BPE, WordPiece, WordLevel) or a list of token and score (Unigram). */
export function readVocabulary(model: JsonPart): ModelVocabulary {
  const vocab = model.value.vocab;
  const listed: [string, unknown][] = Array.isArray(vocab)
    ? vocab.map((entry: unknown, id) => {
        if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'number') {
          throw model.error(`vocab[${id}]`, 'must be a token and its score');
        }
        return [entry[0], id];
      })
    : Object.entries(model.part('vocab').value);
  const idOf = new Map<string, number>();
  const tokenOf: (string | undefined)[] = [];
  for (const [token, id] of listed) {
    if (!Number.isInteger(id) || (id as number) < 0 || (id as number) >= 2 ** 24) {
      throw model.error('vocab', `has no usable id for ${JSON.stringify(token)}: ${JSON.stringify(id)}`);
    }
    idOf.set(token, id as number);
    tokenOf[id as number] = token;
  }
  return { idOf, tokenOf };
}
