import type { SpecialTokens, Tokenizer } from '@nexttoken/model';
import { firstToken, type NgramVocabulary, reservedNames, sentenceBorder } from './ngram-vocabulary';

/** The ids of a tokenizer as an n-gram vocabulary: each moved up by 2, below them the sentence border and the unknown token. */
export class TokenizerVocabulary implements NgramVocabulary {
  readonly kind = 'tokenizer';
  readonly size: number;
  /** The tokenizer's own. */
  readonly vocabSize: number;
  readonly specialTokens: SpecialTokens;

  constructor(readonly tokenizer: Pick<Tokenizer, 'vocabSize' | 'specialTokens' | 'idOf' | 'tokenOf'>) {
    this.vocabSize = tokenizer.vocabSize;
    this.specialTokens = tokenizer.specialTokens;
    this.size = tokenizer.vocabSize + firstToken;
  }

  idOf(token: string): number | undefined {
    const id = this.tokenizer.idOf(token);
    if (id !== undefined) return id + firstToken;
    if (token === '<s>') return sentenceBorder;
    const reserved = reservedNames.indexOf(token as (typeof reservedNames)[number]);
    return reserved < 0 ? undefined : reserved;
  }

  tokenOf(id: number): string | undefined {
    return id < firstToken ? reservedNames[id] : this.tokenizer.tokenOf(id - firstToken);
  }
}
