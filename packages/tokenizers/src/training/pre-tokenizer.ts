import { digitsScanner } from '../pre-tokenizers/digits-scanner';
import { gpt2Scanner } from '../pre-tokenizers/gpt2-scanner';

/** How a text is cut into words before pairs are counted; the neutral value of each leaves GPT-2's own way. */
export interface BytePreTokenizerOptions {
  /** Whether a piece of text gets a space in front unless it begins with one; default false. */
  readonly addPrefixSpace?: boolean;
  /**
   * Whether digits are split off first: `individual` makes each a word, `contiguous` each run of them. Then no
   * space merges with a digit. Default `none`.
   */
  readonly splitDigits?: 'none' | 'individual' | 'contiguous';
}

/**
 * Words of a text as a byte-level tokenizer sees them: digits split off where asked for, then GPT-2's pattern.
 * A generator, so that a long text can be counted with pauses. Cost O(length).
 */
export function* byteLevelWords(text: string, options: BytePreTokenizerOptions): Generator<string> {
  const { splitDigits = 'none' } = options;
  if (splitDigits === 'none') {
    yield* patternWords(text, options);
    return;
  }
  const scan = digitsScanner(splitDigits === 'individual');
  for (let at = 0; at < text.length; ) {
    const end = scan(text, at, text.length);
    yield* patternWords(text.slice(at, end), options);
    at = end;
  }
}

function* patternWords(
  piece: string,
  { addPrefixSpace = false }: BytePreTokenizerOptions,
): Generator<string> {
  const text = addPrefixSpace && piece !== '' && !piece.startsWith(' ') ? ` ${piece}` : piece;
  for (let at = 0; at < text.length; ) {
    const end = gpt2Scanner(text, at, text.length);
    yield text.slice(at, end);
    at = end;
  }
}

/** The same as tokenizer.json says it. */
export function preTokenizerJson({ addPrefixSpace = false, splitDigits = 'none' }: BytePreTokenizerOptions) {
  const byteLevel = {
    type: 'ByteLevel',
    add_prefix_space: addPrefixSpace,
    trim_offsets: true,
    use_regex: true,
  };
  if (splitDigits === 'none') return byteLevel;
  const digits = { type: 'Digits', individual_digits: splitDigits === 'individual' };
  return { type: 'Sequence', pretokenizers: [digits, byteLevel] };
}
