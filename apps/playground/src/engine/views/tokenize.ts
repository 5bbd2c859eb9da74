import { displayToken } from '@nexttoken/inspector';
import type { Tokenization } from '@nexttoken/inspector-elements';
import { NextTokenError, type Tokenizer } from '@nexttoken/model';
import { byteOffsets, tokenizerFromJson } from '@nexttoken/tokenizers';
import type { TokenizeResult } from './view-protocol';

const encoder = new TextEncoder();

/** Cuts that need no vocabulary, to compare with. Their ids are code points, or bytes. */
const plainCuts: Readonly<Record<string, (text: string) => readonly string[]>> = {
  characters: (text) =>
    [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
      ({ segment }) => segment,
    ),
  words: (text) => text.match(/\s*\S+|\s+$/gu) ?? [],
};

/** The tokenizers that a visitor added. */
export class AddedTokenizers {
  readonly #known = new Map<string, Tokenizer>();

  /** @throws NextTokenError `invalid-file` and its kin for what is no tokenizer.json */
  async add(name: string, file: Blob): Promise<void> {
    let json: unknown;
    try {
      json = JSON.parse(await file.text());
    } catch (cause) {
      throw new NextTokenError('invalid-file', `${name} is no JSON`, { path: name }, { cause });
    }
    this.#known.set(name, tokenizerFromJson(json as Readonly<Record<string, unknown>>));
  }

  get(name: string): Tokenizer | undefined {
    return this.#known.get(name);
  }
}

/** One text as several tokenizers cut it. */
export async function tokenize(
  text: string,
  names: readonly string[],
  find: (name: string) => Promise<Tokenizer>,
): Promise<TokenizeResult> {
  const tokenizations: Tokenization[] = [];
  let trace: TokenizeResult['trace'];
  for (const name of names) {
    const cut = plainCuts[name];
    if (cut) tokenizations.push(plain(name, cut(text)));
    else {
      const tokenizer = await find(name);
      tokenizations.push(tokenization(name, text, tokenizer));
      if (!trace && tokenizer.trace) trace = { name, steps: tokenizer.trace(text) };
    }
  }
  return { tokenizations, trace };
}

function plain(name: string, parts: readonly string[]): Tokenization {
  const visible = (part: string) => part.replaceAll(' ', '␣').replaceAll('\n', '⏎').replaceAll('\t', '⇥');
  return {
    name,
    pieces: parts.map((part) => ({
      id: part.codePointAt(0) ?? 0,
      token: visible(part),
      bytes: encoder.encode(part).length,
    })),
  };
}

function tokenization(name: string, text: string, tokenizer: Tokenizer): Tokenization {
  const { ids, offsets } = tokenizer.encode(text);
  const places = offsets && byteOffsets(text, offsets);
  return {
    name,
    pieces: Array.from(ids, (id, index) => {
      const special = tokenizer.isSpecial(id);
      const [start = 0, end = 0] = places?.[index] ?? [];
      const own = tokenizer.bytesOf(id)?.length ?? 0;
      // Bytes of one character share its place: each stands for its own.
      const bytes = special ? 0 : places && end - start < own ? end - start : own;
      return { id, token: displayToken(tokenizer, id), bytes, ...(special && { special }) };
    }),
  };
}
