import type { TokenOffset } from '@nexttoken/model';
import { utf8Length } from '../bytes/utf8';
import { byteOfToken } from '../decoding/byte-fallback-plan';
import { alignTokens } from '../offsets/align-tokens';
import type { TextSection } from './added-token-splitter';
import type { TextPipeline } from './text-pipeline';

/** Ids of a part of the text, with offsets into the whole where they are known. */
export interface EncodedSection {
  readonly ids: readonly number[];
  readonly offsets?: readonly TokenOffset[] | undefined;
}

export interface SectionEncoderParts {
  readonly pipeline: TextPipeline;
  readonly splitNormalized: (text: string) => TextSection[];
  readonly tokenOf: (id: number) => string;
  /** How tokens spell text: in bytes, as text (with byte fallback), or otherwise (no offsets then). */
  readonly spelling: 'bytes' | 'text' | 'other';
  /** What the normalizer puts in front; `undefined` when it changes texts in other ways. */
  readonly shift: number | undefined;
}

/** Encodes the text between added tokens that were found before normalization. */
export function createSectionEncoder(
  parts: SectionEncoderParts,
): (text: string, base: number) => EncodedSection {
  const { pipeline, splitNormalized, spelling } = parts;
  const bytesOf = (id: number) => {
    const token = parts.tokenOf(id);
    if (spelling === 'bytes') return token.length;
    return byteOfToken(token) === undefined ? utf8Length(token) : 1;
  };
  return (text, base) => {
    const normalized = pipeline.normalize(text);
    const ids: number[] = [];
    const lengths: number[] = [];
    for (const { start, end, token } of splitNormalized(normalized)) {
      if (token !== undefined) {
        ids.push(token.id);
        lengths.push(utf8Length(normalized.slice(start, end)));
        continue;
      }
      const words = pipeline.words(normalized.slice(start, end), base + start === 0);
      for (const id of pipeline.model.encode(words)) {
        ids.push(id);
        if (spelling !== 'other') lengths.push(bytesOf(id));
      }
    }
    const shift = normalized === text ? 0 : parts.shift;
    const known = spelling !== 'other' && shift !== undefined && normalized.length === text.length + shift;
    return { ids, offsets: known ? alignTokens(normalized, lengths, shift, base) : undefined };
  };
}
