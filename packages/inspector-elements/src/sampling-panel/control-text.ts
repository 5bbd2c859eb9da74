import type { Tokenizer } from '@nexttoken/model';
import { formatNumber } from '../element/format';
import type { Control } from '../sampling-settings/control';
import { parseBiases, parseIds, parseSequences } from './parse-ids';

type ListControl = Extract<Control, { readonly kind: 'ids' | 'sequences' | 'biases' | 'sequence-biases' }>;

const idsText = (ids: unknown): string => Array.from(ids as ArrayLike<number>).join(' ');

/** A list of tokens as it stands in its field. */
export function listText({ kind }: ListControl, value: unknown): string {
  if (!Array.isArray(value)) return '';
  if (kind === 'ids') return idsText(value);
  if (kind === 'sequences')
    return value.map((item) => (typeof item === 'number' ? item : idsText(item))).join('; ');
  return value.map(([ids, bias]) => `${Array.isArray(ids) ? idsText(ids) : ids}: ${bias}`).join('; ');
}

/**
 * What a field says; `undefined` where the parameter is left out.
 * @throws NextTokenError `invalid-parameter`
 */
export function parseList(
  { kind, name }: ListControl,
  text: string,
  tokenizer: Tokenizer | undefined,
): unknown {
  if (kind === 'ids') {
    const ids = parseIds(text, tokenizer);
    return name === 'encoderIds' && ids.length === 0 ? undefined : ids;
  }
  if (kind === 'sequences') return parseSequences(text, tokenizer);
  const pairs = parseBiases(text, tokenizer);
  return kind === 'biases' ? pairs.flatMap(([ids, bias]) => ids.map((id) => [id, bias])) : pairs;
}

/** A number as its slider shows it. */
export function numberText(control: Extract<Control, { readonly kind: 'number' }>, value: unknown): string {
  if (value === undefined) return 'all';
  if (typeof value !== 'number') return '';
  if (value === control.neutral) return 'off';
  const digits = Number(value.toFixed(control.digits)) === value ? control.digits : 4;
  return formatNumber(value, digits);
}
