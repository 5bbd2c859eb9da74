import { invalidParameter, type LogitsProcessor, type Tokenizer } from '@nexttoken/model';
import { logitBias } from '../processors/logit-bias';
import { llamaCppOwner } from './llama-cpp-keys';
import type { LlamaCppReader } from './llama-cpp-reader';

export interface LlamaCppBiasOptions {
  readonly tokenizer?: Tokenizer | undefined;
  readonly endTokenIds?: readonly number[] | undefined;
}

const expected = 'pairs [id or text, number or false], or an object of numbers or false by id or text';

function pairsOf(given: unknown): readonly (readonly [unknown, unknown])[] {
  if (given === undefined) return [];
  if (Array.isArray(given)) return given;
  if (typeof given !== 'object' || given === null) {
    throw invalidParameter(llamaCppOwner, 'logit_bias', given, expected);
  }
  return Object.entries(given).map(([key, bias]) => [/^\d+$/.test(key) ? Number(key) : key, bias]);
}

function idsOf(token: unknown, tokenizer: Tokenizer | undefined): Iterable<number> {
  if (typeof token === 'number') return [token];
  if (typeof token !== 'string') throw invalidParameter(llamaCppOwner, 'logit_bias', token, expected);
  if (tokenizer !== undefined) return tokenizer.encode(token, { addSpecialTokens: false }).ids;
  throw invalidParameter(
    llamaCppOwner,
    'tokenizer',
    undefined,
    `given, to find the tokens of ${JSON.stringify(token)}`,
  );
}

function endTokens({ endTokenIds, tokenizer }: LlamaCppBiasOptions): readonly number[] {
  const eos = tokenizer?.specialTokens.eos;
  const ids = endTokenIds ?? (eos === undefined ? [] : [eos]);
  if (ids.length > 0) return ids;
  throw invalidParameter(llamaCppOwner, 'endTokenIds', endTokenIds, 'given, for ignore_eos to ban them');
}

/** `logit_bias` and `ignore_eos` as one processor; biases of one id add up, as there. */
export function llamaCppBiases(read: LlamaCppReader, options: LlamaCppBiasOptions): LogitsProcessor[] {
  const sums = new Map<number, number>();
  const add = (id: number, bias: number) => sums.set(id, Math.fround((sums.get(id) ?? 0) + bias));
  for (const pair of pairsOf(read.raw('logit_bias'))) {
    const [token, bias] = Array.isArray(pair) ? pair : [];
    const amount = bias === false ? Number.NEGATIVE_INFINITY : bias;
    if (typeof amount !== 'number') throw invalidParameter(llamaCppOwner, 'logit_bias', pair, expected);
    for (const id of idsOf(token, options.tokenizer)) add(id, amount);
  }
  if (read.boolean('ignore_eos')) {
    for (const id of endTokens(options)) add(id, Number.NEGATIVE_INFINITY);
  }
  return sums.size === 0 ? [] : [logitBias([...sums])];
}
