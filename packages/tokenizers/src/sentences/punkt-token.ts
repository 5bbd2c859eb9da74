import { notSpace, space } from './white-space';

/** A token of the text around a possible sentence end. */
export interface PunktToken {
  readonly text: string;
  /** Lower case, numbers as one kind. */
  readonly kind: string;
  readonly endsInPeriod: boolean;
  isBreak: boolean;
  isAbbreviation: boolean;
  readonly isEllipsis: boolean;
}

export const numberKind = '##number##';

const punctuation = '[)";}\\]*:@\'({[‘’“”«»!?]';
const dots = `(?:-{2,}|\\.{2,}|(?:\\.${space}){2,}\\.)`;
const token = new RegExp(
  `${dots}|(?![("\`{[:;&#*@)}\\]\\-,])${notSpace}+?(?=${space}|$|${punctuation}|${dots}|,(?:$|${space}|${punctuation}|${dots}))|${notSpace}`,
  'gu',
);

/** Cuts a context into tokens: words with their periods, runs of dots and dashes, single punctuation. */
export function punktTokens(context: string, isAbbreviation: (kind: string) => boolean): PunktToken[] {
  return Array.from(context.matchAll(token), ([text]) => {
    const kind = kindOf(text);
    const isEllipsis = /^\.{2,}$/.test(text);
    const endsInPeriod = text.endsWith('.');
    const isWord = endsInPeriod && !text.endsWith('..') && text !== '.';
    const stem = text.slice(0, -1).toLowerCase();
    const abbreviation =
      isWord && (isAbbreviation(stem) || isAbbreviation(stem.slice(stem.lastIndexOf('-') + 1)));
    const isBreak = text === '.' || text === '?' || text === '!' || (isWord && !abbreviation);
    return { text, kind, endsInPeriod, isBreak, isAbbreviation: abbreviation, isEllipsis };
  });
}

function kindOf(text: string): string {
  return text.toLowerCase().replace(/^-?[.,]?\p{Nd}[\p{Nd},.-]*\.?$/u, numberKind);
}

/** The kind without a period at its end. */
export function stemOf({ kind }: PunktToken): string {
  return kind.length > 1 && kind.endsWith('.') ? kind.slice(0, -1) : kind;
}
