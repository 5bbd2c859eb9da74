import type { Tokenizer } from '@nexttoken/model';

export interface VocabularyEntry {
  readonly id: number;
  /** As the vocabulary spells it. */
  readonly token: string;
  /** What it adds to a text. */
  readonly bytes: Uint8Array;
  readonly special: boolean;
}

/** All tokens of a vocabulary by rising id; unused ids are left out. Entries are made as they are asked for. */
export function* vocabularyEntries(tokenizer: Tokenizer): Generator<VocabularyEntry, void, undefined> {
  for (let id = 0; id < tokenizer.vocabSize; id++) {
    const token = tokenizer.tokenOf(id);
    const bytes = tokenizer.bytesOf(id);
    if (token !== undefined && bytes !== undefined)
      yield { id, token, bytes, special: tokenizer.isSpecial(id) };
  }
}
