import type { NgramIndex } from '../index/ngram-index';
import { type IntegerStore, MemoryStore } from '../suffix/integer-store';
import { WordVocabulary } from '../vocabulary/word-vocabulary';
import {
  type ContainerHeader,
  formatVersion,
  magic,
  preambleLength,
  type Section,
  sectionsStart,
} from './container-header';
import { toHostOrder, xxh32 } from './xxh32';

/**
 * An index as a file: the parts, in order, whose bytes make it up. Little-endian, every section with a checksum; with a
 * tokenizer's ids the tokenizer itself is not in it. Views of the index' own arrays, nothing is copied.
 *
 * Cost: one checksum over everything; 8 bytes a token, a few a word.
 */
export function ngramIndexParts(index: NgramIndex): Uint8Array[] {
  const { vocabulary, shards, order } = index;
  const parts: Uint8Array[] = [];
  let length = 0;
  const add = (bytes: Uint8Array): Section => {
    const section = { offset: length, length: bytes.length, checksum: xxh32(bytes) };
    parts.push(bytes);
    const padding = (8 - (bytes.length % 8)) % 8;
    if (padding > 0) parts.push(new Uint8Array(padding));
    length += bytes.length + padding;
    return section;
  };
  const size = vocabulary.size;
  const described = vocabulary instanceof WordVocabulary ? wordSections(vocabulary, add) : undefined;
  const header: ContainerHeader = {
    order: Number.isFinite(order) ? order : null,
    vocabulary: described ? { kind: 'words', size, ...described } : { kind: 'tokenizer', size },
    shards: shards.map(({ sentenceCount, ids, positions, first }) => ({
      sentenceCount,
      ids: add(integerBytes(integersOf(ids))),
      positions: add(integerBytes(integersOf(positions))),
      first: add(integerBytes(first)),
    })),
    length,
  };
  return [headerBytes({ ...header, length }), ...parts];
}

/** {@link ngramIndexParts} as a browser's file, to be stored or downloaded; `loadNgramIndex` reads it. */
export function ngramIndexBlob(index: NgramIndex): Blob {
  return new Blob(ngramIndexParts(index) as BlobPart[], { type: 'application/octet-stream' });
}

function wordSections(
  vocabulary: WordVocabulary,
  add: (bytes: Uint8Array) => Section,
): { bytes: Section; starts: Section } {
  const { bytes, starts } = vocabulary.toData();
  return { bytes: add(bytes), starts: add(integerBytes(starts)) };
}

function headerBytes(header: ContainerHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(sectionsStart(json.length));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < magic.length; i++) bytes[i] = magic.charCodeAt(i);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, json.length, true);
  view.setUint32(16, xxh32(json), true);
  bytes.set(json, preambleLength);
  return bytes;
}

function integerBytes(values: Int32Array): Uint8Array {
  const ordered = toHostOrder(values);
  return new Uint8Array(ordered.buffer, ordered.byteOffset, ordered.byteLength);
}

function integersOf(store: IntegerStore): Int32Array {
  if (store instanceof MemoryStore) return store.values;
  return Int32Array.from({ length: store.length }, (_, i) => store.get(i));
}
