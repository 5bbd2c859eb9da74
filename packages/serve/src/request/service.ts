import type { ChatTemplate, LanguageModel, Tokenizer } from '@nexttoken/model';
import type { Gauges, ServerMetrics } from '../metrics/server-metrics';
import type { Admission } from '../run/admission';
import type { Limits } from './limits';

/** All that the endpoints work with. */
export interface Service {
  /** What the model is called in requests. */
  readonly modelId: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** Batches the sessions of all requests. */
  readonly model: LanguageModel;
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
  readonly endTokenIds: readonly number[];
  readonly limits: Limits;
  readonly admission: Admission;
  readonly metrics: ServerMetrics;
  gauges(): Gauges;
  /** Milliseconds that a client may take to read what was sent. */
  readonly patience: number;
}
