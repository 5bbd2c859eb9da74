import { NextTokenError, type Tokenizer } from '@nexttoken/model';

const owner = 'nt-sampling-panel';

function illegal(part: string, expected: string): NextTokenError {
  return new NextTokenError('invalid-parameter', `“${part}” is not ${expected}`, {
    owner,
    parameter: 'ids',
    value: part,
    expected,
  });
}

/** Splits at separators that stand outside quotes. */
function split(text: string, separator: RegExp): string[] {
  const parts: string[] = [''];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && separator.test(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  if (quoted) throw illegal(text, 'closed by a quotation mark');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/**
 * Token ids as people write them: numbers, or texts in quotes, between commas or spaces: `262, " Paris"`.
 * @throws NextTokenError `invalid-parameter`
 */
export function parseIds(text: string, tokenizer?: Tokenizer): number[] {
  return split(text, /[\s,]/).flatMap((part) => {
    if (/^\d+$/.test(part)) return [Number(part)];
    if (!/^".+"$/s.test(part)) throw illegal(part, 'a token id, or a text in quotation marks');
    if (!tokenizer) throw illegal(part, 'a token id (there is no tokenizer that knows texts)');
    return Array.from(tokenizer.encode(part.slice(1, -1), { addSpecialTokens: false }).ids);
  });
}

/** Sequences of ids between semicolons. @throws NextTokenError `invalid-parameter` */
export function parseSequences(text: string, tokenizer?: Tokenizer): number[][] {
  return split(text, /[;\n]/).map((part) => parseIds(part, tokenizer));
}

/** A number behind a colon: `262: -5; " Paris": 2`. @throws NextTokenError `invalid-parameter` */
export function parseBiases(text: string, tokenizer?: Tokenizer): [ids: number[], bias: number][] {
  return split(text, /[;\n]/).map((part) => {
    const at = part.lastIndexOf(':');
    const number = part
      .slice(at + 1)
      .trim()
      .replace('−', '-');
    const bias = /^-(∞|inf(inity)?)$/i.test(number) ? Number.NEGATIVE_INFINITY : Number(number);
    if (at < 0 || number === '' || Number.isNaN(bias)) throw illegal(part, '"token: number"');
    return [parseIds(part.slice(0, at), tokenizer), bias];
  });
}
