import { displayToken } from '@nexttoken/inspector';
import type { Tokenization } from '@nexttoken/inspector-elements';
import { loadTokenizer } from '@nexttoken/load';
import type { ChatTemplate, Tokenizer } from '@nexttoken/model';
import { byteOffsets } from '@nexttoken/tokenizers';
import { renderChat } from './render-chat';
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

  /** @throws NextTokenError `invalid-file` and its kin for what is no tokenizer.json, nor a model with one */
  async add(name: string, file: File): Promise<void> {
    this.#known.set(name, (await loadTokenizer(file)).tokenizer);
  }

  get(name: string): Tokenizer | undefined {
    return this.#known.get(name);
  }
}

interface TokenizerOfModel {
  readonly tokenizer: Tokenizer;
  readonly chatTemplate?: ChatTemplate | undefined;
}

/** One text as several tokenizers cut it. */
export async function tokenize(
  text: string,
  names: readonly string[],
  find: (name: string) => Promise<TokenizerOfModel>,
): Promise<TokenizeResult> {
  const tokenizations: Tokenization[] = [];
  let trace: TokenizeResult['trace'];
  let message: TokenizeResult['message'];
  for (const name of names) {
    const cut = plainCuts[name];
    if (cut) tokenizations.push(plain(name, cut(text)));
    else {
      const { tokenizer, chatTemplate } = await find(name);
      tokenizations.push(tokenization(name, text, tokenizer));
      if (!trace && tokenizer.trace) trace = { name, steps: tokenizer.trace(text) };
      const rendered = message || !chatTemplate ? undefined : renderChat(tokenizer, chatTemplate, text);
      if (rendered) message = { name, rendered };
    }
  }
  return { tokenizations, trace, message };
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
