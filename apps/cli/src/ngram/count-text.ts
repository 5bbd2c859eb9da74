import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ComparedSide } from '@nexttoken/inspector';
import type { LoadedModel } from '@nexttoken/load';
import { NextTokenError } from '@nexttoken/model';
import { createCorpusBuilder, createNgramIndex, kneserNey, ngramLanguageModel } from '@nexttoken/ngram';

/**
 * The counts of a text as a model, over another model's tokenizer: both then have one vocabulary.
 * @param order longest n-grams that count
 * @throws NextTokenError `file-not-found`; `invalid-file` for what is no text in UTF-8, such as an index of words
 */
export async function countText(
  path: string,
  order: number,
  { tokenizer }: LoadedModel,
): Promise<ComparedSide> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new NextTokenError('file-not-found', `${path}: ${cause.message}`, { path }, { cause });
  });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const message = `${path} is no text in UTF-8: its tokens cannot be counted`;
    throw new NextTokenError('invalid-file', message, { path }, { cause });
  }
  const builder = createCorpusBuilder({ tokenizer });
  builder.addText(text);
  const name = `${order}-grams of ${basename(path)}`;
  const model = ngramLanguageModel(kneserNey(createNgramIndex(builder.finish()), { order }), {
    modelId: name,
  });
  return { name, model, tokenizer, addSpecialTokens: false };
}
