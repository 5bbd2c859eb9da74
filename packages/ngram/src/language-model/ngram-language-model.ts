import {
  type Capabilities,
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type ModelDescription,
  NextTokenError,
  type Session,
  type SessionOptions,
  type SpecialTokens,
} from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import type { SmoothedModel } from '../smoothing/smoothed-model';
import { TokenizerVocabulary } from '../vocabulary/tokenizer-vocabulary';
import { NgramSession } from './ngram-session';
import { type RowMaker, rowMaker } from './row-maker';

export interface NgramLanguageModelOptions {
  /** A name for people; default the smoothing's. */
  readonly modelId?: string;
  /** With a tokenizer: the id that ends a text; default its `eos`. Words end with id 0, `</s>`. */
  readonly endTokenId?: number;
  /** With a tokenizer: the id that begins a text; default its `bos`. Words begin with id 0, `<s>`. */
  readonly beginTokenId?: number;
  /** Positions that a row may hold; an integer >= 1, default 65536. It costs nothing. */
  readonly contextLength?: number;
}

/**
 * An n-gram model as a `LanguageModel`: its logits are ln p of the next token. With words the ids are the
 * vocabulary's; with a tokenizer they are the tokenizer's own, so that the model can stand beside a neural one.
 *
 * Where the smoothing leaves tokens out (`longestSuffix`, `stupidBackoff`) they have the logit -Infinity and the
 * capabilities say `logits: { top: vocabSize }`.
 *
 * @throws NextTokenError `invalid-parameter`, among others for a tokenizer without an end id under a smoothing that leaves
 *   tokens out and ends sentences; `unsupported-option`
 *
 * Cost of a position: that of the smoothing's row.
 */
export function ngramLanguageModel(
  model: SmoothedModel,
  options: NgramLanguageModelOptions = {},
): LanguageModel {
  return new NgramLanguageModel(model, options);
}

export class NgramLanguageModel implements LanguageModel {
  readonly specification = 'nexttoken-model-1';
  readonly modelId: string;
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly maker: RowMaker;
  /** Sessions that are not disposed yet. */
  readonly sessions = new Set<Session>();
  #disposed = false;

  constructor(
    readonly smoothed: SmoothedModel,
    options: NgramLanguageModelOptions,
  ) {
    checkOptionNames('ngramLanguageModel', options, [
      'modelId',
      'endTokenId',
      'beginTokenId',
      'contextLength',
    ]);
    const { modelId = `n-gram, ${smoothed.type}`, contextLength = 65_536 } = options;
    if (!Number.isSafeInteger(contextLength) || contextLength < 1) {
      throw invalidParameter('ngramLanguageModel', 'contextLength', contextLength, 'an integer >= 1');
    }
    const { end, borders } = borderIds(smoothed, options);
    this.modelId = modelId;
    this.maker = rowMaker(smoothed, end, borders);
    this.vocabSize = this.maker.vocabSize;
    this.capabilities = {
      logits: smoothed.leavesNothingOut ? 'full' : { top: this.vocabSize },
      allPositions: true,
      hiddenStates: false,
      attention: false,
      maxRows: Number.POSITIVE_INFINITY,
      select: true,
      truncate: true,
      fork: true,
      contextLength,
      device: 'cpu',
    };
  }

  async createSession(options: SessionOptions = {}): Promise<Session> {
    if (this.#disposed) throw new NextTokenError('disposed', 'the model was disposed');
    const rows = checkSessionOptions(options, this.capabilities);
    return new NgramSession(
      this,
      Array.from({ length: rows }, () => []),
    );
  }

  describe(): ModelDescription {
    const { type, parameters, order } = this.smoothed;
    const shownOrder = Number.isFinite(order) ? order : 'unbounded';
    return {
      backend: 'n-gram',
      device: 'cpu',
      dtype: 'counts',
      cache: 'ids',
      smoothing: type,
      order: shownOrder,
      parameters: JSON.stringify(parameters),
    };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all(Array.from(this.sessions, (session) => session.dispose()));
  }
}

function borderIds(
  { vocabulary, leavesNothingOut, parameters }: SmoothedModel,
  options: NgramLanguageModelOptions,
): { readonly end: number | undefined; readonly borders: ReadonlySet<number> } {
  if (!(vocabulary instanceof TokenizerVocabulary)) {
    for (const name of ['endTokenId', 'beginTokenId'] as const) {
      if (options[name] !== undefined) {
        throw invalidParameter(
          'ngramLanguageModel',
          name,
          options[name],
          'left out: words begin and end with id 0',
        );
      }
    }
    return { end: undefined, borders: new Set() };
  }
  const special: SpecialTokens = vocabulary.specialTokens;
  const end = checkedId('endTokenId', options.endTokenId ?? special.eos, vocabulary);
  const begin = checkedId('beginTokenId', options.beginTokenId ?? special.bos, vocabulary);
  if (end === undefined && !leavesNothingOut && parameters.ends !== false) {
    throw invalidParameter(
      'ngramLanguageModel',
      'endTokenId',
      end,
      'given: after the end of a sentence nothing else is possible',
    );
  }
  return { end, borders: new Set([end, begin].filter((id) => id !== undefined)) };
}

function checkedId(
  name: string,
  id: number | undefined,
  { vocabSize }: TokenizerVocabulary,
): number | undefined {
  if (id === undefined || (Number.isInteger(id) && id >= 0 && id < vocabSize)) return id;
  throw invalidParameter('ngramLanguageModel', name, id, `an id in [0, ${vocabSize})`);
}
