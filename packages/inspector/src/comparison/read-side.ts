import type { LanguageModel, Tokenizer } from '@nexttoken/model';
import { argmax } from '@nexttoken/numeric';
import { type Prediction, readPrediction } from '../position/read-prediction';
import { displayToken } from '../token/display-token';
import { byteBorders } from './byte-borders';
import type { ComparedPiece, ComparedSide } from './comparison-data';

/** A text as one side reads it. */
export interface SideText {
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  /** Everything that is read: what comes before, and the text. */
  readonly ids: readonly number[];
  /** How many of `ids` come before the text. */
  readonly skipped: number;
  /** Where each of the text's tokens ends, in bytes. */
  readonly borders: readonly number[];
}

/** Cuts the text with the side's tokenizer; special tokens around it count as what comes before, or are left out behind. */
export function encodeSide(
  { model, tokenizer, before, addSpecialTokens = true }: ComparedSide,
  text: string,
): SideText {
  const prefix =
    typeof before === 'string'
      ? Array.from(tokenizer.encode(before, { addSpecialTokens }).ids)
      : (before ?? []);
  const encoding = tokenizer.encode(text, { addSpecialTokens: addSpecialTokens && before === undefined });
  const borders = byteBorders(tokenizer, encoding, text);
  const own = Array.from(encoding.ids);
  const first = own.findIndex((id) => !tokenizer.isSpecial(id));
  let last = own.length;
  while (last > 0 && tokenizer.isSpecial(own[last - 1]!)) last--;
  const start = first < 0 ? last : first;
  return {
    model,
    tokenizer,
    ids: [...prefix, ...own.slice(0, last)],
    skipped: prefix.length + start,
    borders: borders.slice(start, last),
  };
}

/** One token with what the side thought of it; `logits` is absent where nothing comes before it. */
export function readPiece(
  { tokenizer }: SideText,
  id: number,
  logits: Float32Array | undefined,
  top: number,
): ComparedPiece {
  const prediction: Prediction | undefined = logits && readPrediction(logits, id, top, tokenizer);
  return {
    id,
    token: displayToken(tokenizer, id),
    bits: prediction?.surprisal,
    rank: prediction?.rank,
    alternatives: (prediction?.alternatives ?? []).map(({ id: other, token, probability }) => ({
      id: other,
      token,
      probability,
    })),
  };
}

/** The bytes of a row's best token, as a text to compare. */
export function bestBytes({ tokenizer }: SideText, logits: Float32Array): string {
  const id = argmax(logits);
  return tokenizer.isSpecial(id) ? `special ${tokenizer.tokenOf(id)}` : String(tokenizer.bytesOf(id) ?? id);
}
