import { NextTokenError, type Tokenizer } from '@nexttoken/model';

/**
 * Every id of the tokenizer must have a logit. A wider row is legal: the spare ids have no token.
 * @throws NextTokenError `tokenizer-mismatch`
 */
export function checkTokenizer(tokenizer: Tokenizer, vocabSize: number, path: string): void {
  if (tokenizer.vocabSize <= vocabSize) return;
  const id = tokenizer.vocabSize - 1;
  const token = tokenizer.tokenOf(id);
  throw new NextTokenError(
    'tokenizer-mismatch',
    `${path}: token ${JSON.stringify(token)} has id ${id}, but the model's logits end at ${vocabSize - 1}`,
    { path, id, token, vocabSize },
  );
}
