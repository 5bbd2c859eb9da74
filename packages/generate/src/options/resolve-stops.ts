import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { GenerateOptions } from './generate-options';

function checkStopString(
  stop: unknown,
  index: number,
  { tokenizer, skipSpecialTokens }: GenerateOptions,
): void {
  if (typeof stop !== 'string' || stop === '') {
    throw invalidParameter('generate', `stopStrings[${index}]`, stop, 'a text of at least one character');
  }
  const id = tokenizer?.idOf(stop);
  if (id === undefined || skipSpecialTokens === false || !tokenizer?.isSpecial(id)) return;
  const expected = `ordinary text: special tokens are not part of the text; use endTokenIds: [${id}]`;
  throw invalidParameter('generate', `stopStrings[${index}]`, stop, expected);
}

/** What ends a row: ids and texts, checked, so that none of them can be one that never takes effect. */
export function resolveStops(options: GenerateOptions): {
  readonly endTokenIds: ReadonlySet<number>;
  readonly stopStrings: readonly string[];
} {
  const { model, tokenizer, stopStrings = [], endTokenIds } = options;
  if (!Array.isArray(stopStrings)) {
    throw invalidParameter('generate', 'stopStrings', stopStrings, 'a list of texts');
  }
  if (stopStrings.length > 0 && !tokenizer) {
    throw new NextTokenError('unsupported-option', 'generate: stopStrings needs a tokenizer', {
      owner: 'generate',
      option: 'stopStrings',
    });
  }
  for (const [index, stop] of stopStrings.entries()) checkStopString(stop, index, options);
  const eos = tokenizer?.specialTokens.eos;
  const ends = endTokenIds ?? (eos === undefined ? [] : [eos]);
  for (const [index, id] of ends.entries()) {
    if (Number.isInteger(id) && id >= 0 && id < model.vocabSize) continue;
    throw invalidParameter('generate', `endTokenIds[${index}]`, id, `an integer in [0, ${model.vocabSize})`);
  }
  return { endTokenIds: new Set(ends), stopStrings: [...stopStrings] };
}
