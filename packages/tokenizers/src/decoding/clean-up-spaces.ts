import type { DecodingPlan } from './decoding-stage';
import { createReplaceStage } from './replace-plan';

const replacements: readonly (readonly [string, string])[] = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
];

/** Hugging Face's `clean_up_tokenization`: spaces before punctuation and English contractions go. */
export const cleanUpPlans: readonly DecodingPlan[] = replacements.map(([pattern, content]) => ({
  create: () => createReplaceStage(pattern, content),
}));

/** The cleaning of the `WordPiece` decoder, token by token: the one above and ` do not`. */
export function cleanUpToken(token: string): string {
  let text = token;
  for (const [pattern, content] of replacements) {
    text = text.split(pattern).join(content);
    if (pattern === " 'm") text = text.split(' do not').join(" don't");
  }
  return text;
}
