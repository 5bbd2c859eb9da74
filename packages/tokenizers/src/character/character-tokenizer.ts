import { NextTokenError, type TokenOffset } from '@nexttoken/model';
import { assembleTokenizer } from '../tokenizer/assemble-tokenizer';
import { listVocabulary } from '../tokenizer/token-vocabulary';
import type { TracingTokenizer } from '../tokenizer/tracing-tokenizer';
import { padFreePlan } from '../word/pad-free-plan';
import { readTokens, roleIds } from '../word/role-vocabulary';
import type { CharacterVocabulary } from './character-vocabulary';

/**
 * Every character (code point) a token: `ids = [...text].map(lookUp)`. Padding decodes to nothing.
 *
 * @param vocabulary from `characterVocabulary`, or what was stored of it
 * @throws NextTokenError `invalid-parameter` for a vocabulary that contradicts itself. Encoding a character that is
 *   not in it: its unknown token, or without one `encode-failed`, which names the character and where it stands
 * Cost: O(text).
 */
export function characterTokenizer(vocabulary: CharacterVocabulary): TracingTokenizer {
  const { tokens } = vocabulary;
  const idOf = readTokens('characterTokenizer', tokens);
  const specialTokens = roleIds('characterTokenizer', vocabulary, idOf);
  const { pad, unknown } = specialTokens;
  const roles = new Set([pad, unknown].filter((id) => id !== undefined));
  const idOfCharacter = new Map([...idOf].filter(([, id]) => !roles.has(id)));
  const encode = (text: string) => {
    const ids: number[] = [];
    let at = 0;
    for (const character of text) {
      ids.push(idOfCharacter.get(character) ?? unknown ?? refuse(character, at));
      at += character.length;
    }
    return { ids, offsets: () => offsetsOf(text) };
  };
  return assembleTokenizer({
    kind: 'character',
    vocabulary: listVocabulary(tokens, idOf),
    specialIds: roles,
    specialTokens,
    plans: [padFreePlan(pad === undefined ? undefined : tokens[pad], '')],
    cleanUpSpaces: false,
    encode,
    trace(text) {
      const { ids } = encode(text);
      const found = offsetsOf(text).map((offset, i) => ({ id: ids[i]!, token: tokens[ids[i]!]!, offset }));
      const word = { text, offset: [0, text.length] as const, tokens: found };
      return { ids, steps: [{ step: 'model', type: 'Character', words: text === '' ? [] : [word] }] };
    },
  });
}

function offsetsOf(text: string): TokenOffset[] {
  const offsets: TokenOffset[] = [];
  let at = 0;
  for (const { length } of text) {
    offsets.push([at, at + length]);
    at += length;
  }
  return offsets;
}

function refuse(character: string, at: number): never {
  const message = `the vocabulary has no character ${JSON.stringify(character)} (at ${at}) and no unknown token`;
  throw new NextTokenError('encode-failed', message, { text: character, kind: 'out-of-vocabulary', at });
}
