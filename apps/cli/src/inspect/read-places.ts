import { invalidParameter } from '@nexttoken/model';
import type { ParsedArguments } from '../arguments/parsed-arguments';

/** `--positions`: last, all, or places separated by commas. @throws NextTokenError `invalid-parameter` */
export function readPlaces(args: ParsedArguments): 'last' | 'all' | readonly number[] {
  const text = args.text('positions') ?? 'last';
  if (text === 'last' || text === 'all') return text;
  const places = text.split(',').map((part) => (/^\d+$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (places.every(Number.isSafeInteger)) return places;
  throw invalidParameter('nexttoken', '--positions', text, 'last, all, or places such as 0,3');
}
