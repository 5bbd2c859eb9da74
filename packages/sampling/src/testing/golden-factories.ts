import type { LogitsProcessor } from '@nexttoken/model';
import { type AllowedTokens, allowTokens } from '../processors/allow-tokens';
import { badWords } from '../processors/bad-words';
import { encoderNoRepeatNgram } from '../processors/encoder-no-repeat-ngram';
import { encoderRepetitionPenalty } from '../processors/encoder-repetition-penalty';
import { epsilonCutoff } from '../processors/epsilon-cutoff';
import { etaCutoff } from '../processors/eta-cutoff';
import { exponentialDecayLength } from '../processors/exponential-decay-length';
import { forcedBos } from '../processors/forced-bos';
import { forcedEos } from '../processors/forced-eos';
import { infNanRemove } from '../processors/inf-nan-remove';
import { logNormalize } from '../processors/log-normalize';
import { minLength } from '../processors/min-length';
import { minNewTokens } from '../processors/min-new-tokens';
import { minP } from '../processors/min-p';
import { noRepeatNgram } from '../processors/no-repeat-ngram';
import { repetitionPenalty } from '../processors/repetition-penalty';
import { type SequenceBias, sequenceBias } from '../processors/sequence-bias';
import { suppressTokens } from '../processors/suppress-tokens';
import { suppressTokensAtBegin } from '../processors/suppress-tokens-at-begin';
import { temperature } from '../processors/temperature';
import { topH } from '../processors/top-h';
import { topK } from '../processors/top-k';
import { topP } from '../processors/top-p';
import { typicalP } from '../processors/typical-p';

type Ids = readonly number[];

/** A function of the row as the goldens write it down. */
export interface AllowedTable {
  readonly by_batch?: Readonly<Record<string, Ids>>;
  readonly by_length?: Readonly<Record<string, Ids>>;
  readonly by_last_token?: Readonly<Record<string, Ids>>;
  readonly default: Ids;
}

/** Hugging Face's parameters, by its names. */
export interface GoldenParameters {
  readonly [name: string]: unknown;
  readonly filter_value?: number;
  readonly num_beams?: number;
}

/** Which row of how many the processor is for: the encoder's ids may differ between them. */
export interface GoldenRow {
  readonly row: number;
  readonly rows: number;
}

type GoldenFactory = (given: never, row: GoldenRow) => LogitsProcessor;

/** top_k takes min_tokens_to_keep 0 there, which means the same as 1; the others refuse it. */
function keep(given: object, lowest = 0) {
  const { min_tokens_to_keep: count } = given as { min_tokens_to_keep?: number };
  return count === undefined ? {} : { minTokensToKeep: Math.max(count, lowest) };
}

/** One id, or a list of them. */
const list = (ids: number | Ids): Ids => [ids].flat();

function encoder(given: object, { row, rows }: GoldenRow) {
  const { encoder_input_ids: ids } = given as { encoder_input_ids?: readonly Ids[] };
  return ids === undefined ? {} : { encoderIds: ids[Math.floor((row * ids.length) / rows)]! };
}

export function allowedOf(table: AllowedTable): AllowedTokens {
  return (ids, batchItem) =>
    table.by_batch?.[batchItem] ??
    table.by_length?.[ids.length] ??
    table.by_last_token?.[ids[ids.length - 1]!] ??
    table.default;
}

const bias = (value: number | '-inf'): number => (value === '-inf' ? Number.NEGATIVE_INFINITY : value);

/** All processors of the goldens, made from Hugging Face's parameters. */
const table = {
  temperature: (given: { temperature: number }) => temperature(given.temperature),
  top_k: (given: { top_k: number }) => topK(given.top_k, keep(given, 1)),
  top_p: (given: { top_p: number }) => topP(given.top_p, keep(given)),
  min_p: (given: { min_p: number }) => minP(given.min_p, keep(given)),
  typical_p: (given: { typical_p: number }) => typicalP(given.typical_p, keep(given)),
  epsilon_cutoff: (given: { epsilon_cutoff: number }) => epsilonCutoff(given.epsilon_cutoff, keep(given)),
  eta_cutoff: (given: { eta_cutoff: number }) => etaCutoff(given.eta_cutoff, keep(given)),
  top_h: (given: { top_h: number }) => topH(given.top_h),
  repetition_penalty: (given: { penalty: number; prompt_ignore_length?: number }) =>
    repetitionPenalty(
      given.penalty,
      given.prompt_ignore_length === undefined ? {} : { promptIgnoreLength: given.prompt_ignore_length },
    ),
  encoder_repetition_penalty: (given: { penalty: number }, row: GoldenRow) =>
    encoderRepetitionPenalty(given.penalty, encoder(given, row)),
  no_repeat_ngram: (given: { ngram_size: number }) => noRepeatNgram(given.ngram_size),
  encoder_no_repeat_ngram: (given: { ngram_size: number }, row: GoldenRow) =>
    encoderNoRepeatNgram(given.ngram_size, encoder(given, row)),
  sequence_bias: (given: { sequence_bias: readonly [Ids, number | '-inf'][] }) =>
    sequenceBias(given.sequence_bias.map(([ids, value]): SequenceBias => [ids, bias(value)])),
  no_bad_words: (given: { bad_words_ids: readonly Ids[]; eos_token_id?: number | Ids }) =>
    badWords(
      given.bad_words_ids,
      given.eos_token_id === undefined ? {} : { endTokenIds: list(given.eos_token_id) },
    ),
  min_length: (given: { min_length: number; eos_token_id: number | Ids }) =>
    minLength(given.min_length, { endTokenIds: list(given.eos_token_id) }),
  min_new_tokens: (given: {
    min_new_tokens: number;
    eos_token_id: number | Ids;
    prompt_length_to_skip: number;
  }) =>
    minNewTokens(given.min_new_tokens, {
      endTokenIds: list(given.eos_token_id),
      promptLength: given.prompt_length_to_skip,
    }),
  prefix_constrained: (given: { allowed: AllowedTable; num_beams: number }) =>
    allowTokens(allowedOf(given.allowed), { acrossBeams: given.num_beams > 1 }),
  forced_bos: (given: { bos_token_id: number }) => forcedBos(given.bos_token_id),
  forced_eos: (given: { eos_token_id: number | Ids; max_length: number }) =>
    forcedEos(list(given.eos_token_id), { maxLength: given.max_length }),
  inf_nan_remove: () => infNanRemove(),
  exponential_decay_length_penalty: (given: {
    exponential_decay_length_penalty: readonly [number, number];
    eos_token_id: number | Ids;
    input_ids_seq_length: number;
  }) =>
    exponentialDecayLength(given.exponential_decay_length_penalty[1], {
      start: given.exponential_decay_length_penalty[0],
      endTokenIds: list(given.eos_token_id),
      promptLength: given.input_ids_seq_length,
    }),
  suppress_tokens: (given: { suppress_tokens: Ids }) => suppressTokens(given.suppress_tokens),
  suppress_tokens_at_begin: (given: { begin_suppress_tokens: Ids; begin_index: number }) =>
    suppressTokensAtBegin(given.begin_suppress_tokens, { beginIndex: given.begin_index }),
  logit_normalization: () => logNormalize(),
} satisfies Readonly<Record<string, GoldenFactory>>;

export type GoldenProcessorName = keyof typeof table;

export const goldenProcessorNames = Object.keys(table) as readonly GoldenProcessorName[];

/** The processor that a golden describes. */
export function goldenProcessor(
  name: string,
  parameters: GoldenParameters,
  row: GoldenRow = { row: 0, rows: 1 },
): LogitsProcessor {
  const make = table[name as GoldenProcessorName] as GoldenFactory;
  return make(parameters as never, row);
}
