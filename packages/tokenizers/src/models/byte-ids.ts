import { encodeUtf8 } from '../bytes/utf8';

/** Ids of the text's bytes as byte tokens; `undefined` unless the vocabulary has all of them. */
export function byteIds(text: string, idOf: ReadonlyMap<string, number>): number[] | undefined {
  const ids: number[] = [];
  for (const byte of encodeUtf8(text)) {
    const id = idOf.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
}
