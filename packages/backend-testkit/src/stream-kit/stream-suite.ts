import type { StreamOption, StreamPromptKind } from '@nexttoken/model';
import type { SuiteOf } from '../kit/define-suites';
import type { StreamKit } from './stream-kit';

/** What a test of a stream model cannot do without. */
export interface StreamNeeds {
  readonly options?: readonly StreamOption[];
  readonly processors?: readonly string[];
  readonly samplers?: readonly string[];
  readonly prompts?: readonly StreamPromptKind[];
  /** A request that gives the same text twice. */
  readonly steady?: true;
  readonly tokenIds?: true;
  readonly tokenBytes?: true;
  /** Candidates beside each token. */
  readonly candidates?: number;
  /** The adapter's count of live handles. */
  readonly liveHandles?: true;
  readonly secrets?: true;
}

/** The tests of one capability of stream models, as data. */
export type StreamSuite = SuiteOf<StreamKit, StreamNeeds>;
