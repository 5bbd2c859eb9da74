import type { AlignedText } from '../text/aligned-text';
import { mapCharacters } from '../text/map-characters';
import { lowercase } from './lowercase';
import type { Normalizer } from './normalizer';
import { removeMatching } from './strip-accents';
import { unicodeNormalizer } from './unicode-normalizer';

export interface BertSettings {
  /** Control characters go, white space becomes a space. */
  readonly cleanText: boolean;
  /** A space on both sides of every Chinese character. */
  readonly spaceChinese: boolean;
  readonly stripAccents: boolean;
  readonly lowercase: boolean;
}

const odd = /[\0\ufffd\p{Cc}\p{Cf}\p{Co}\p{White_Space}]/u;
const removed = /[\0\ufffd\p{Cf}\p{Co}]|(?![\t\n\r])\p{Cc}/u;
const chinese =
  /[\u{4e00}-\u{9fff}\u{3400}-\u{4dbf}\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{f900}-\u{faff}\u{2f800}-\u{2fa1f}]/u;

/** The normalizer of BERT. Source: google-research/bert, `BasicTokenizer`, as Rust `tokenizers` has it. */
export function bertNormalizer(settings: BertSettings): Normalizer {
  const decompose = unicodeNormalizer('NFD').normalize;
  return {
    type: 'BertNormalizer',
    normalize(source) {
      let aligned = source;
      if (settings.cleanText) aligned = clean(aligned);
      if (settings.spaceChinese && chinese.test(aligned.text)) aligned = mapCharacters(aligned, spaced);
      if (settings.stripAccents) aligned = removeMatching(decompose(aligned), /\p{Mn}/u);
      return settings.lowercase ? lowercase.normalize(aligned) : aligned;
    },
  };
}

function clean(source: AlignedText): AlignedText {
  if (!odd.test(source.text)) return source;
  return mapCharacters(source, (character) => {
    if (removed.test(character)) return '';
    return /\p{White_Space}/u.test(character) ? ' ' : character;
  });
}

function spaced(character: string): string {
  return chinese.test(character) ? ` ${character} ` : character;
}
