import { isAbbreviation } from './abbreviations';
import { isCommonWord } from './common-words';
import { numberKind, type PunktToken, punktTokens, stemOf } from './punkt-token';

/** Whether a sentence ends within the context: behind some token that is not the last. */
export function holdsSentenceEnd(context: string): boolean {
  const tokens = punktTokens(context, isAbbreviation);
  for (let i = 0; i + 1 < tokens.length; i++) decide(tokens[i]!, tokens[i + 1]!);
  return tokens.some((token, i) => token.isBreak && i + 1 < tokens.length);
}

/**
 * The second look of Kiss and Strunk's Punkt, at a token with a period and the one behind it: abbreviations and
 * ellipses end a sentence when a word follows that has its capital for no other reason; initials and numbers end none
 * when something follows that begins no sentence.
 */
function decide(token: PunktToken, next: PunktToken): void {
  if (!token.endsInPeriod) return;
  const isInitial = isInitialLetter(token.text);
  const verdict = beginsSentence(next);
  if ((token.isAbbreviation || token.isEllipsis) && !isInitial) {
    if (verdict === 'yes') token.isBreak = true;
    return;
  }
  // `World War I. Weeks later`: the pronoun and the numeral are commoner than the initial.
  const isName = isInitial && verdict === 'unknown' && (token.text !== 'I.' || isInitialLetter(next.text));
  if (isName || (verdict === 'no' && (isInitial || stemOf(token) === numberKind))) token.isBreak = false;
}

function isInitialLetter(text: string): boolean {
  return /^\p{L}\.$/u.test(text);
}

function beginsSentence(token: PunktToken): 'yes' | 'no' | 'unknown' {
  if (/^[;:,.!?]$/.test(token.text)) return 'no';
  if (isInitialLetter(token.text)) return 'unknown';
  if (isUpper(token.text))
    return isCommonWord(token.isBreak ? stemOf(token) : token.kind) ? 'yes' : 'unknown';
  return isLower(token.text) ? 'no' : 'unknown';
}

function isUpper(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}

function isLower(text: string): boolean {
  return /^\p{Ll}/u.test(text);
}
