import {
  type DecodeOptions,
  type Encoding,
  NextTokenError,
  type StreamDecoder,
  type Tokenizer,
} from '@nexttoken/model';
import { sentenceBorder, unknownToken } from './ngram-vocabulary';
import { idOrUnknown, type WordVocabulary } from './word-vocabulary';

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * The words of a vocabulary as a `Tokenizer`, for texts that go to an n-gram model: words are cut at white space and
 * joined by single spaces; unknown ones become `<unk>`. With special tokens a text begins with id 0, `<s>`.
 *
 * @param split cuts a text into words; default: at ASCII white space, as the loaders do
 */
export function wordTokenizer(
  vocabulary: WordVocabulary,
  split: (text: string) => readonly string[] = (text) => text.split(/[ \t\n\v\f\r]+/),
): Tokenizer {
  return new WordTokenizer(vocabulary, split);
}

class WordTokenizer implements Tokenizer {
  readonly kind = 'n-gram words';
  readonly specialTokens = { bos: sentenceBorder, eos: sentenceBorder, unknown: unknownToken };

  constructor(
    readonly vocabulary: WordVocabulary,
    readonly split: (text: string) => readonly string[],
  ) {}

  get vocabSize(): number {
    return this.vocabulary.size;
  }

  encode(text: string, { addSpecialTokens = true } = {}): Encoding {
    const words = this.split(text).filter((word) => word !== '');
    const ids = [
      ...(addSpecialTokens ? [sentenceBorder] : []),
      ...words.map((word) => idOrUnknown(this.vocabulary, word)),
    ];
    return { ids: Int32Array.from(ids), tokens: ids.map((id) => this.tokenOf(id)!) };
  }

  decode(ids: ArrayLike<number>, { skipSpecialTokens = false }: DecodeOptions = {}): string {
    const kept = Array.from(ids, (id) => this.#require(id)).filter(
      (id) => !(skipSpecialTokens && this.isSpecial(id)),
    );
    return kept.map((id) => this.tokenOf(id)!).join(' ');
  }

  tokenOf(id: number): string | undefined {
    return this.vocabulary.tokenOf(id);
  }

  idOf(token: string): number | undefined {
    return this.vocabulary.idOf(token);
  }

  bytesOf(id: number): Uint8Array | undefined {
    const token = this.tokenOf(id);
    if (token === undefined) return undefined;
    return encoder.encode(this.isSpecial(id) ? token : ` ${token}`);
  }

  isSpecial(id: number): boolean {
    return id === sentenceBorder;
  }

  createStreamDecoder({ skipSpecialTokens = false }: DecodeOptions = {}): StreamDecoder {
    let started = false;
    return {
      push: (id) => {
        this.#require(id);
        if (skipSpecialTokens && this.isSpecial(id)) return '';
        const text = `${started ? ' ' : ''}${this.tokenOf(id)}`;
        started = true;
        return text;
      },
      flush: () => {
        started = false;
        return '';
      },
    };
  }

  #require(id: number): number {
    if (this.tokenOf(id) !== undefined) return id;
    throw new NextTokenError('invalid-token-id', `decode: ${id} is not in [0, ${this.vocabSize})`, {
      id,
      vocabSize: this.vocabSize,
    });
  }
}
