import { compareModels, displayToken } from '@nexttoken/inspector';
import { loadTokenizer } from '@nexttoken/load';
import type { LanguageModel, Tokenizer } from '@nexttoken/model';
import {
  createCorpusBuilder,
  createNgramIndex,
  kneserNey,
  type NgramIndex,
  ngramLanguageModel,
} from '@nexttoken/ngram';
import { ngramName } from '../../model/model-name';
import talesWrote from '../../ngram/tales-wrote.txt?url';
import type { OpenModel, RunOptions } from '../open-model';
import type { NgramPosition, NgramResult, ViewApi } from './view-protocol';

type NgramRequest = ViewApi['ngram']['request'];

/** In an index over a tokenizer, ids are the tokenizer's moved up by 2. */
const moved = 2;

/** How many expected tokens a position lists. */
const expected = 5;

interface Counted {
  readonly name: string;
  readonly index: NgramIndex;
  /** By order. */
  readonly models: Map<number, LanguageModel>;
}

/** Texts that were counted, with the model's own tokenizer. The last one stays. */
export class NgramCounts {
  #known: { readonly key: string; readonly counted: Promise<Counted> } | undefined;

  /** @param text default: the texts that come with the page */
  counted({ loaded, card }: OpenModel, text: Blob | undefined, name: string): Promise<Counted> {
    const key = JSON.stringify([card.name, name, text?.size]);
    if (this.#known?.key !== key) {
      const counted = this.#count(loaded.tokenizer, text, name);
      this.#known = { key, counted };
      counted.catch(() => {
        this.#known = undefined;
      });
    }
    return this.#known!.counted;
  }

  async #count(tokenizer: Tokenizer, text: Blob | undefined, name: string): Promise<Counted> {
    const whole = text ? await text.text() : await talesTexts();
    return { name, index: countText(whole, tokenizer), models: new Map() };
  }
}

async function talesTexts(): Promise<string> {
  return (await fetch(new URL(talesWrote, import.meta.url))).text();
}

function countText(text: string, tokenizer: Tokenizer): NgramIndex {
  const builder = createCorpusBuilder({ tokenizer });
  builder.addText(text);
  return createNgramIndex(builder.finish());
}

/** The counts of the page's own texts as a model of its own, with the tokens of tales. */
export async function loadNgram(options: RunOptions): Promise<OpenModel['loaded']> {
  const { signal } = options;
  const { tokenizer } = await loadTokenizer('tales', { signal });
  const endTokenId = tokenizer.specialTokens.eos;
  const index = countText(await talesTexts(), tokenizer);
  const model = ngramLanguageModel(kneserNey(index, { order: 4 }), {
    modelId: ngramName,
    ...(endTokenId !== undefined && { endTokenId }),
  });
  return {
    model,
    tokenizer,
    chatTemplate: undefined,
    generationConfig: { endTokenIds: endTokenId === undefined ? [] : [endTokenId], defaults: {} },
    dispose: () => model.dispose(),
  };
}

function modelOf({ index, models }: Counted, order: number, endTokenId: number | undefined): LanguageModel {
  const known = models.get(order);
  if (known) return known;
  const made = ngramLanguageModel(
    kneserNey(index, { order }),
    endTokenId === undefined ? {} : { endTokenId },
  );
  models.set(order, made);
  return made;
}

/** A text as counts see it, beside the neural model: bits of both, how deep the counts reach, what they expect. */
export async function ngramView(
  open: OpenModel,
  counted: Counted,
  { ids, order }: NgramRequest,
  signal: AbortSignal,
): Promise<NgramResult> {
  const { loaded, card } = open;
  const { model, tokenizer } = loaded;
  const { index, name } = counted;
  const text = tokenizer.decode(ids, { skipSpecialTokens: true });
  const counts = modelOf(counted, order, card.endTokenIds[0]);
  const comparison = await compareModels({
    a: { name: card.name, model, tokenizer, addSpecialTokens: false },
    b: { name: `${order}-grams`, model: counts, tokenizer, addSpecialTokens: false },
    text,
    signal,
  });
  const read = comparison.segments.flatMap(({ pieces }) =>
    pieces[0].map((piece, at) => [piece, pieces[1][at]] as const),
  );
  const positions = read.map(([neural, counting], at): NgramPosition => {
    const before = read.slice(Math.max(0, at - order + 1), at).map(([{ id }]) => id + moved);
    const depth = index.longestSuffix(before, { order });
    const context = before.slice(before.length - depth);
    const found = index.continuations(context, expected);
    return {
      token: neural.token,
      text: neural.token,
      id: neural.id,
      depth,
      seen: found.total,
      count: index.count([...context, neural.id + moved]),
      bits: counting?.bits ?? Number.NaN,
      neuralBits: neural.bits ?? Number.NaN,
      expected: Array.from(found.tokens, (id, place) => ({
        token: displayToken(tokenizer, id - moved),
        count: found.counts[place]!,
      })),
    };
  });
  return {
    corpus: name,
    tokenCount: index.tokenCount,
    textCount: index.sentenceCount,
    order,
    positions,
    comparison,
  };
}
