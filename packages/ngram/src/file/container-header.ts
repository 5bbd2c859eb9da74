import { NextTokenError } from '@nexttoken/model';
import { maximumLength } from '../corpus/token-buffer';
import type { ByteSource } from './byte-source';
import { xxh32 } from './xxh32';

export const magic = 'NXTNGRAM';
export const formatVersion = 1;
/** Magic, version, length and checksum of the header, 4 bytes that are 0. */
export const preambleLength = 24;

/** Where a section lies, from the end of the header on. */
export interface Section {
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
  /** xxh32 of its bytes. */
  readonly checksum: number;
}

interface ShardSections {
  readonly sentenceCount: number;
  readonly ids: Section;
  readonly positions: Section;
  readonly first: Section;
}

/** What the header says, as JSON. */
export interface ContainerHeader {
  /** `null`: unbounded. */
  readonly order: number | null;
  readonly vocabulary:
    | { readonly kind: 'words'; readonly size: number; readonly bytes: Section; readonly starts: Section }
    | { readonly kind: 'tokenizer'; readonly size: number };
  readonly shards: readonly ShardSections[];
  /** Bytes of all sections together. */
  readonly length: number;
}

/** Where the sections begin: behind the header, at a multiple of 8. */
export function sectionsStart(headerLength: number): number {
  return Math.ceil((preambleLength + headerLength) / 8) * 8;
}

/** The error for a file that is not what it should be. */
export function invalidFile(
  path: string,
  message: string,
  details: Record<string, unknown> = {},
): NextTokenError {
  return new NextTokenError('invalid-file', `${path}: ${message}`, { path, ...details });
}

/** @throws NextTokenError `invalid-file` for another format or version, and for a file that was cut or changed */
export async function readHeader(source: ByteSource): Promise<{ header: ContainerHeader; start: number }> {
  const { path, size } = source;
  const preamble = await source.read(0, preambleLength);
  if (preamble.length < preambleLength)
    throw invalidFile(path, `has ${size} bytes, no n-gram index is that short`);
  const found = String.fromCharCode(...preamble.subarray(0, 8));
  if (found !== magic) throw invalidFile(path, 'is no n-gram index: it does not begin as one');
  const view = new DataView(preamble.buffer, preamble.byteOffset, preambleLength);
  const version = view.getUint32(8, true);
  if (version !== formatVersion) {
    throw invalidFile(path, `has version ${version} of the format, only ${formatVersion} can be read`, {
      version,
    });
  }
  const headerLength = view.getUint32(12, true);
  const bytes = await source.read(preambleLength, headerLength);
  if (bytes.length < headerLength || xxh32(bytes) !== view.getUint32(16, true)) {
    throw invalidFile(path, 'the header is cut or damaged', { section: 'header' });
  }
  const header = checkedHeader(path, JSON.parse(new TextDecoder().decode(bytes)) as ContainerHeader);
  const start = sectionsStart(headerLength);
  if (size !== start + header.length) {
    throw invalidFile(path, `has ${size} bytes instead of ${start + header.length}: it was cut`, {
      expected: start + header.length,
      actual: size,
    });
  }
  return { header, start };
}

/** What a right checksum does not promise: that whoever wrote the header knew how. */
function checkedHeader(path: string, header: ContainerHeader): ContainerHeader {
  const { vocabulary, shards, length } = header;
  const sections: Section[] = vocabulary.kind === 'words' ? [vocabulary.bytes, vocabulary.starts] : [];
  for (const { ids, positions, first } of shards) {
    sections.push(ids, positions, first);
    const tokens = ids.length / 4;
    if (tokens !== positions.length / 4 || !Number.isInteger(tokens) || tokens > maximumLength) {
      throw invalidFile(path, `a shard of ${tokens} ids and ${positions.length / 4} positions`, {
        section: 'shards',
      });
    }
  }
  const outside = sections.some(({ offset, length: own }) => offset < 0 || own < 0 || offset + own > length);
  if (outside || shards.length === 0)
    throw invalidFile(path, 'its sections lie outside of it', { section: 'header' });
  return header;
}

/** One section, whole. @throws NextTokenError `invalid-file` when its bytes are not those that were written */
export async function readSection(
  source: ByteSource,
  start: number,
  section: Section,
  name: string,
): Promise<Uint8Array> {
  const bytes = await source.read(start + section.offset, section.length);
  if (bytes.length === section.length && xxh32(bytes) === section.checksum) return bytes;
  throw invalidFile(source.path, `the section ${name} is damaged`, { section: name });
}
