import { checkOptionNames, invalidParameter, NextTokenError, type Tokenizer } from '@nexttoken/model';
import { combineShards } from '../index/create-ngram-index';
import type { NgramIndex } from '../index/ngram-index';
import { type IntegerStore, MemoryStore } from '../suffix/integer-store';
import { SuffixIndex } from '../suffix/suffix-index';
import type { NgramVocabulary } from '../vocabulary/ngram-vocabulary';
import { TokenizerVocabulary } from '../vocabulary/tokenizer-vocabulary';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import { type ByteSource, blobSource, bytesSource } from './byte-source';
import { type ContainerHeader, readHeader, readSection, type Section } from './container-header';
import { toHostOrder } from './xxh32';

export interface LoadNgramIndexOptions {
  /** For an index over a tokenizer's ids: that tokenizer, which is not in the file. */
  readonly tokenizer?: Tokenizer;
}

/**
 * An index from its file, all of it in memory.
 *
 * @param source bytes, or a browser's file. The bytes are used as they are, where they are aligned: do not change them
 * @throws NextTokenError `invalid-file` for another format or version, and for a file that was cut or changed anywhere;
 *   `tokenizer-mismatch`; `invalid-parameter` for a tokenizer missing or given for words
 *
 * Cost: one pass for the checksums, one for the vocabulary.
 */
export async function loadNgramIndex(
  source: Uint8Array | Blob,
  options: LoadNgramIndexOptions = {},
): Promise<NgramIndex> {
  if (!(source instanceof Uint8Array || source instanceof Blob)) {
    throw invalidParameter('loadNgramIndex', 'source', source, 'a Uint8Array or a Blob');
  }
  const name = 'name' in source && typeof source.name === 'string' ? source.name : 'n-gram index';
  return readNgramIndex(
    source instanceof Blob ? blobSource(source, name) : bytesSource(source, name),
    options,
  );
}

/** How the integers of a section are reached; default: read at once, into memory. */
export type SectionStore = (section: Section, start: number, name: string) => Promise<IntegerStore>;

/** {@link loadNgramIndex} from any source. @param store how ids and positions are reached */
export async function readNgramIndex(
  source: ByteSource,
  options: LoadNgramIndexOptions,
  store?: SectionStore,
): Promise<NgramIndex> {
  checkOptionNames('loadNgramIndex', options, ['tokenizer']);
  const { header, start } = await readHeader(source);
  const integers = async (section: Section, name: string): Promise<Int32Array> => {
    const bytes = await readSection(source, start, section, name);
    return toHostOrder(new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2));
  };
  const reach = (section: Section, name: string): Promise<IntegerStore> =>
    store ? store(section, start, name) : integers(section, name).then((values) => new MemoryStore(values));
  const vocabulary = await readVocabulary(source, header, start, options, integers);
  const shards: SuffixIndex[] = [];
  for (const [index, { sentenceCount, ids, positions, first }] of header.shards.entries()) {
    shards.push(
      new SuffixIndex(
        await reach(ids, `ids of shard ${index}`),
        await reach(positions, `positions of shard ${index}`),
        await integers(first, `first of shard ${index}`),
        sentenceCount,
      ),
    );
  }
  return combineShards(shards, vocabulary, header.order ?? Number.POSITIVE_INFINITY);
}

async function readVocabulary(
  source: ByteSource,
  { vocabulary }: ContainerHeader,
  start: number,
  { tokenizer }: LoadNgramIndexOptions,
  integers: (section: Section, name: string) => Promise<Int32Array>,
): Promise<NgramVocabulary> {
  if (vocabulary.kind === 'words') {
    if (tokenizer)
      throw invalidParameter(
        'loadNgramIndex',
        'tokenizer',
        tokenizer.kind,
        'left out: the index has words of its own',
      );
    const bytes = await readSection(source, start, vocabulary.bytes, 'words');
    return new WordVocabulary({ bytes, starts: await integers(vocabulary.starts, 'word starts') });
  }
  if (!tokenizer) {
    throw invalidParameter(
      'loadNgramIndex',
      'tokenizer',
      tokenizer,
      'given: the index is over the ids of a tokenizer',
    );
  }
  const made = new TokenizerVocabulary(tokenizer);
  if (made.size === vocabulary.size) return made;
  const message = `${source.path}: the index is over ${vocabulary.size - 2} ids, the tokenizer has ${tokenizer.vocabSize}`;
  throw new NextTokenError('tokenizer-mismatch', message, {
    path: source.path,
    vocabSize: tokenizer.vocabSize,
  });
}
