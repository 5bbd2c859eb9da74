import { encodeUtf8 } from '../bytes/utf8';
import type { AlignedText } from '../text/aligned-text';
import { createChangeList } from '../text/change-list';
import { graphemes } from '../text/graphemes';
import type { Normalizer } from './normalizer';
import { type CharacterMap, readCharacterMap } from './read-character-map';

/**
 * SentencePiece's compiled character map (`nmt_nfkc` and its like): whole graphemes of fewer than six bytes first,
 * then single characters. Source: SentencePiece's `normalizer.cc`, as Rust `tokenizers` has it.
 *
 * @param charsmap base64, or the bytes themselves
 */
export function precompiled(charsmap: string | Uint8Array): Normalizer {
  const map = readCharacterMap(charsmap);
  return {
    type: 'Precompiled',
    normalize(source) {
      if (!/[^\x21-\x7e ]/.test(source.text) && asciiStays(map)) return source;
      const changes: Change[] = [];
      let modified = false;
      const replace = (part: string): boolean => {
        const replacement = map.find(encodeUtf8(part));
        if (replacement === undefined) return false;
        modified = true;
        pushReplacement(changes, Array.from(part).length, replacement);
        return true;
      };
      for (const grapheme of graphemes(source.text)) {
        if (encodeUtf8(grapheme).length < 6 && replace(grapheme)) continue;
        for (const character of grapheme) if (!replace(character)) changes.push({ character, change: 0 });
      }
      return modified ? applyChanges(source, changes) : source;
    },
  };
}

interface Change {
  readonly character: string;
  change: number;
}

function applyChanges(source: AlignedText, changes: readonly Change[]): AlignedText {
  const list = createChangeList(source);
  for (const { character, change } of changes) list.push(character, change);
  return list.finish();
}

/** Characters beyond the old ones are put behind them; old ones beyond the new vanish with what was written last. */
function pushReplacement(changes: Change[], oldCount: number, replacement: string): void {
  let count = 0;
  for (const character of replacement) changes.push({ character, change: count++ < oldCount ? 0 : 1 });
  const last = changes[changes.length - 1];
  if (count < oldCount && last !== undefined) last.change += count - oldCount;
}

const stays = new WeakMap<CharacterMap, boolean>();

function asciiStays(map: CharacterMap): boolean {
  let all = stays.get(map);
  if (all === undefined) {
    all = true;
    for (let byte = 0x20; byte < 0x7f; byte++) all &&= map.find(Uint8Array.of(byte)) === undefined;
    stays.set(map, all);
  }
  return all;
}
