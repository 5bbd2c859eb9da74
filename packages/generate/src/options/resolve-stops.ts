import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { GenerateOptions } from './generate-options';
import type { StopCondition } from './stop-condition';

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

function checkIdList(name: string, ids: readonly number[], vocabSize: number): void {
  if (!Array.isArray(ids)) throw invalidParameter('generate', name, ids, 'a list of ids');
  for (const [index, id] of ids.entries()) {
    if (Number.isInteger(id) && id >= 0 && id < vocabSize) continue;
    throw invalidParameter('generate', `${name}[${index}]`, id, `an integer in [0, ${vocabSize})`);
  }
}

/** What ends a row. */
export interface Stops {
  readonly endTokenIds: ReadonlySet<number>;
  readonly stopTokenIds: ReadonlySet<number>;
  readonly stopStrings: readonly string[];
  readonly stopWhen: StopCondition | undefined;
}

/** What ends a row: ids, texts and a function, checked, so that none can be one that never takes effect. */
export function resolveStops(options: GenerateOptions): Stops {
  const { model, tokenizer, stopStrings = [], endTokenIds, stopTokenIds = [], stopWhen } = options;
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
  if (stopWhen !== undefined && typeof stopWhen !== 'function') {
    throw invalidParameter('generate', 'stopWhen', stopWhen, 'a function');
  }
  const eos = tokenizer?.specialTokens.eos;
  const ends = endTokenIds ?? (eos === undefined ? [] : [eos]);
  checkIdList('endTokenIds', ends, model.vocabSize);
  checkIdList('stopTokenIds', stopTokenIds, model.vocabSize);
  for (const option of ['minNewTokens', 'endTokenInTop'] as const) {
    if (!options[option] || ends.length > 0) continue;
    throw new NextTokenError('unsupported-option', `generate: ${option} needs an end token`, {
      owner: 'generate',
      option,
    });
  }
  return {
    endTokenIds: new Set(ends),
    stopTokenIds: new Set(stopTokenIds),
    stopStrings: [...stopStrings],
    stopWhen,
  };
}
