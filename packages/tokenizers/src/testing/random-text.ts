import fc from 'fast-check';
import { replaceLoneSurrogates } from '../bytes/utf8';

/** Well-formed texts of any Unicode: whole scripts, odd spaces, unassigned characters, broken-off marks. */
export const randomText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.stringMatching(/^[ a-zA-Z0-9'.,!?\n]{0,12}$/),
      fc.constantFrom(
        '\0',
        '\u0085',
        '\ufeff',
        '\u00a0',
        '\r\n',
        '\u0301',
        '👩‍👩‍👧',
        '你好',
        '\u{10ffff}',
        '\ufffd',
        '▁',
        'Ġ',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => replaceLoneSurrogates(parts.join('')));
