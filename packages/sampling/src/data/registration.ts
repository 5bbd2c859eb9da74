import type { LogitsProcessor, Sampler } from '@nexttoken/model';

type Parameters = Readonly<Record<string, unknown>>;

/** How one type of processor or sampler is made from data, and written as data. */
export interface Registration<Stage extends LogitsProcessor | Sampler> {
  readonly type: string;
  /** Makes it from its parameters, and checks them. */
  readonly fromData: (parameters: Parameters) => Stage;
  /** Its parameters as plain data; needed only where they hold a function. Default: as they are. */
  readonly toData?: (parameters: Parameters) => Parameters;
}

// biome-ignore lint/suspicious/noExplicitAny: a processor's state is its own affair
export type ProcessorRegistration = Registration<LogitsProcessor<any>>;

// biome-ignore lint/suspicious/noExplicitAny: a sampler's state is its own affair
export type SamplerRegistration = Registration<Sampler<any>>;

/** Types beside the built-in ones, or in place of one of them. */
export interface DataOptions {
  readonly processors?: readonly ProcessorRegistration[];
  readonly samplers?: readonly SamplerRegistration[];
}
