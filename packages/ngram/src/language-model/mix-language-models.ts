import {
  type Capabilities,
  checkOptionNames,
  invalidParameter,
  type LanguageModel,
  type ModelDescription,
  NextTokenError,
  type Session,
  type SessionOptions,
} from '@nexttoken/model';
import { checkSessionOptions } from '@nexttoken/model/session-calls';
import { checkWeights } from '../smoothing/mix-models';
import { MixedSession } from './mixed-session';

export interface MixedLanguageModel {
  readonly model: LanguageModel;
  /** A number > 0; the weights add up to 1. */
  readonly weight: number;
}

export interface MixLanguageModelsOptions {
  /**
   * What is mixed. `probabilities` (default): ln Σ λ_i softmax(logits_i), the linear mixture. `logits`: Σ λ_i log-softmax(logits_i),
   * the log-linear one, under which every part has a veto.
   */
  readonly at?: 'probabilities' | 'logits';
  readonly modelId?: string;
}

/**
 * Several models as one, e.g. an n-gram model beside a neural one that shares its tokenizer. Sessions of all run
 * one after the other on the same rows.
 *
 * @param parts models of one `vocabSize`. They stay the caller's: disposing the mixture leaves them alone
 * @throws NextTokenError `invalid-parameter` for weights that do not add up to 1, different vocabularies;
 *   `unsupported-option`
 *
 * Cost: the models', and one exponential an id and model.
 */
export function mixLanguageModels(
  parts: readonly MixedLanguageModel[],
  options: MixLanguageModelsOptions = {},
): LanguageModel {
  return new Mixture(parts, options);
}

export class Mixture implements LanguageModel {
  readonly specification = 'nexttoken-model-1';
  readonly modelId: string;
  readonly vocabSize: number;
  readonly capabilities: Capabilities;
  readonly models: readonly LanguageModel[];
  readonly weights: readonly number[];
  readonly at: 'probabilities' | 'logits';
  /** Sessions that are not disposed yet. */
  readonly sessions = new Set<Session>();
  #disposed = false;

  constructor(parts: readonly MixedLanguageModel[], options: MixLanguageModelsOptions) {
    checkOptionNames('mixLanguageModels', options, ['at', 'modelId']);
    const { at = 'probabilities', modelId = parts.map(({ model }) => model.modelId).join(' + ') } = options;
    if (at !== 'probabilities' && at !== 'logits') {
      throw invalidParameter('mixLanguageModels', 'at', at, "'probabilities' or 'logits'");
    }
    this.weights = checkWeights('mixLanguageModels', parts);
    this.models = parts.map(({ model }) => model);
    this.vocabSize = this.models[0]!.vocabSize;
    for (const { vocabSize } of this.models) {
      if (vocabSize === this.vocabSize) continue;
      throw invalidParameter(
        'mixLanguageModels',
        'vocabSize',
        vocabSize,
        `${this.vocabSize}, as the first model's`,
      );
    }
    this.at = at;
    this.modelId = modelId;
    this.capabilities = mixedCapabilities(
      this.models.map(({ capabilities }) => capabilities),
      at,
      this.vocabSize,
    );
  }

  async createSession(options: SessionOptions = {}): Promise<Session> {
    if (this.#disposed) throw new NextTokenError('disposed', 'the model was disposed');
    const rows = checkSessionOptions(options, this.capabilities);
    return new MixedSession(
      this,
      await Promise.all(this.models.map((model) => model.createSession({ rows }))),
    );
  }

  describe(): ModelDescription {
    const parts = this.models.map((model) => model.describe());
    const joined = (field: 'device' | 'dtype' | 'cache'): string =>
      [...new Set(parts.map((part) => part[field]))].join(' + ');
    return {
      backend: 'mixture',
      device: joined('device'),
      dtype: joined('dtype'),
      cache: joined('cache'),
      at: this.at,
      weights: [...this.weights],
      models: this.models.map(({ modelId }) => modelId),
    };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all(Array.from(this.sessions, (session) => session.dispose()));
  }
}

/** What all of them can do. */
function mixedCapabilities(all: readonly Capabilities[], at: string, vocabSize: number): Capabilities {
  const every = (name: 'allPositions' | 'select' | 'truncate' | 'fork'): boolean =>
    all.every((own) => own[name]);
  const full = all.filter(({ logits }) => logits === 'full').length;
  return {
    logits: full === all.length || (full > 0 && at === 'probabilities') ? 'full' : { top: vocabSize },
    allPositions: every('allPositions'),
    hiddenStates: false,
    attention: false,
    maxRows: Math.min(...all.map(({ maxRows }) => maxRows)),
    select: every('select'),
    truncate: every('truncate'),
    fork: every('fork'),
    contextLength: Math.min(...all.map(({ contextLength }) => contextLength)),
    device: [...new Set(all.map(({ device }) => device))].join(' + '),
  };
}
