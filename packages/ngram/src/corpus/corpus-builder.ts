import { checkOptionNames, invalidParameter, NextTokenError, type Tokenizer } from '@nexttoken/model';
import { firstToken, sentenceBorder } from '../vocabulary/ngram-vocabulary';
import { TokenizerVocabulary } from '../vocabulary/tokenizer-vocabulary';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import { applyCutoff } from './apply-cutoff';
import { ByteReader } from './byte-reader';
import type { NgramCorpus } from './ngram-corpus';
import { SentenceEnds } from './sentence-ends';
import { checkCorpusLength, TokenBuffer } from './token-buffer';

export interface CorpusOptions {
  /** Cuts each sentence into tokens; left out: words, cut at white space. */
  readonly tokenizer?: Tokenizer;
  /** Words seen fewer times become `<unk>`; an integer >= 1, neutral and default 1. Words only. */
  readonly cutoff?: number;
  /** Words to go on with, e.g. those of an index that the text will be added to; default: none. It is copied. */
  readonly vocabulary?: WordVocabulary;
  /** Words behind which a sentence of a text ends, besides the end of its line, e.g. `['.', '!', '?']`; default none. */
  readonly sentenceEnds?: readonly string[];
  /** How many tokens will come, if known: refused here when they cannot fit; an integer up to 2^31 - 1. */
  readonly expectedTokens?: number;
}

/** Takes a text piece by piece and makes it a corpus. */
export interface CorpusBuilder {
  /** Tokens and borders so far. */
  readonly length: number;
  /** One sentence as tokens. An empty one is passed over. */
  addSentence(tokens: Iterable<string>): void;
  /** One sentence as ids: the tokenizer's where there is one, else the vocabulary's. */
  addIds(ids: ArrayLike<number>): void;
  /** A whole text: every line is a sentence. */
  addText(text: string): void;
  /** A piece of a UTF-8 text, cut anywhere: every line is a sentence. Needs words, no tokenizer. */
  addBytes(bytes: Uint8Array): void;
  /** The corpus; the builder is used up. @throws NextTokenError `invalid-parameter` when no token came */
  finish(): NgramCorpus;
}

const optionNames = ['tokenizer', 'cutoff', 'vocabulary', 'sentenceEnds', 'expectedTokens'];
const wordOptionNames = ['cutoff', 'vocabulary', 'sentenceEnds'] as const;

/**
 * Takes a text sentence by sentence, as strings, ids or bytes. Lines are sentences, words end at white space (ASCII's); with a
 * tokenizer each line is encoded (without special tokens). Empty sentences are passed over.
 *
 * @throws NextTokenError `invalid-parameter` for a cutoff below 1, 2^31 tokens or more, the words `<s>` and `</s>`;
 *   `invalid-token-id` for ids outside the vocabulary; `unsupported-option` for combinations that mean nothing
 *
 * Cost: one hash look-up a token; 4 bytes a token until `finish`, 8 within it.
 */
export function createCorpusBuilder(options: CorpusOptions = {}): CorpusBuilder {
  checkOptionNames('createCorpusBuilder', options, optionNames);
  const { tokenizer, cutoff = 1, expectedTokens = 0 } = options;
  if (!Number.isInteger(cutoff) || cutoff < 1) {
    throw invalidParameter('createCorpusBuilder', 'cutoff', cutoff, 'an integer >= 1');
  }
  checkCorpusLength(expectedTokens, 'createCorpusBuilder');
  const meaningless = tokenizer && wordOptionNames.find((name) => options[name] !== undefined);
  if (meaningless) {
    const message = `createCorpusBuilder: ${meaningless} is for words, not for a tokenizer`;
    throw new NextTokenError('unsupported-option', message, {
      owner: 'createCorpusBuilder',
      option: meaningless,
    });
  }
  return tokenizer ? new IdCorpusBuilder(tokenizer) : new WordCorpusBuilder(options);
}

abstract class BaseBuilder {
  protected readonly ids = new TokenBuffer();
  protected sentenceCount = 0;

  constructor() {
    this.ids.push(sentenceBorder);
  }

  get length(): number {
    return this.ids.length;
  }

  addText(text: string): void {
    let start = 0;
    while (start < text.length) {
      const end = text.indexOf('\n', start);
      this.addLine(text.slice(start, end < 0 ? text.length : end));
      if (end < 0) return;
      start = end + 1;
    }
  }

  protected abstract addLine(line: string): void;

  protected endSentence(): void {
    this.ids.push(sentenceBorder);
    this.sentenceCount++;
  }

  protected taken(): Pick<NgramCorpus, 'ids' | 'sentenceCount'> {
    if (this.sentenceCount > 0) return { ids: this.ids.take(), sentenceCount: this.sentenceCount };
    throw invalidParameter('corpus', 'tokens', 0, 'at least one token: the corpus is empty');
  }
}

class WordCorpusBuilder extends BaseBuilder implements CorpusBuilder {
  readonly #vocabulary: WordVocabulary;
  readonly #cutoff: number;
  /** Strings already seen: spares the encoding of most. */
  readonly #known = new Map<string, number>();
  readonly #sentenceEnds: SentenceEnds;
  readonly #reader: ByteReader;

  constructor({ vocabulary: given, cutoff = 1, sentenceEnds = [] }: CorpusOptions) {
    super();
    const vocabulary = given?.copy() ?? new WordVocabulary();
    this.#vocabulary = vocabulary;
    this.#cutoff = cutoff;
    this.#sentenceEnds = new SentenceEnds(sentenceEnds, vocabulary);
    this.#reader = new ByteReader(vocabulary, this.ids, this.#sentenceEnds, () => this.endSentence());
  }

  addSentence(tokens: Iterable<string>): void {
    this.#reader.end();
    let any = false;
    for (const token of tokens) {
      this.ids.push(this.#known.get(token) ?? this.#add(token));
      any = true;
    }
    if (any) this.endSentence();
  }

  addIds(ids: ArrayLike<number>): void {
    this.#reader.end();
    for (let i = 0; i < ids.length; i++) this.ids.push(checkId(ids[i]!, 1, this.#vocabulary.size));
    if (ids.length > 0) this.endSentence();
  }

  override addText(text: string): void {
    this.#reader.end();
    super.addText(text);
  }

  addBytes(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  finish(): NgramCorpus {
    this.#reader.end();
    this.#known.clear();
    const corpus = { ...this.taken(), vocabulary: this.#vocabulary };
    return this.#cutoff > 1 ? applyCutoff(corpus, this.#cutoff) : corpus;
  }

  protected addLine(line: string): void {
    let open = false;
    for (const token of line.split(/[ \t\v\f\r]+/)) {
      if (token === '') continue;
      const id = this.#known.get(token) ?? this.#add(token);
      this.ids.push(id);
      open = !this.#sentenceEnds.has(id);
      if (!open) this.endSentence();
    }
    if (open) this.endSentence();
  }

  #add(token: string): number {
    const id = this.#vocabulary.add(token);
    this.#known.set(token, id);
    return id;
  }
}

class IdCorpusBuilder extends BaseBuilder implements CorpusBuilder {
  readonly #vocabulary: TokenizerVocabulary;

  constructor(readonly tokenizer: Tokenizer) {
    super();
    this.#vocabulary = new TokenizerVocabulary(tokenizer);
  }

  addSentence(tokens: Iterable<string>): void {
    const ids = Array.from(tokens, (token) => {
      const id = this.tokenizer.idOf(token);
      if (id !== undefined) return id;
      throw invalidParameter('corpus', 'token', token, "a token of the tokenizer's vocabulary");
    });
    this.addIds(ids);
  }

  addIds(ids: ArrayLike<number>): void {
    for (let i = 0; i < ids.length; i++) {
      this.ids.push(checkId(ids[i]!, 0, this.tokenizer.vocabSize) + firstToken);
    }
    if (ids.length > 0) this.endSentence();
  }

  addBytes(): void {
    throw new NextTokenError(
      'unsupported-option',
      'corpus: addBytes is for words; give a tokenizer whole sentences',
      {
        owner: 'corpus',
        option: 'addBytes',
      },
    );
  }

  finish(): NgramCorpus {
    return { ...this.taken(), vocabulary: this.#vocabulary };
  }

  protected addLine(line: string): void {
    if (line.trim() !== '') this.addIds(this.tokenizer.encode(line, { addSpecialTokens: false }).ids);
  }
}

function checkId(id: number, lowest: number, vocabSize: number): number {
  if (Number.isInteger(id) && id >= lowest && id < vocabSize) return id;
  throw new NextTokenError('invalid-token-id', `corpus: ${id} is not in [${lowest}, ${vocabSize})`, {
    id,
    vocabSize,
  });
}
