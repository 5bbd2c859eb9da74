import {
  checkOptionNames,
  invalidParameter,
  type LogitsProcessor,
  NextTokenError,
  type Random,
  type Sampler,
} from '@nexttoken/model';

export interface BridgeOptions {
  /**
   * Chooses the token as well: the row that goes on holds nothing but its choice, so that the library's own
   * sampler, whatever it is, takes it. Default: the library's sampler chooses. Needs `random`.
   */
  readonly sampler?: Sampler;
  /** The source for processors that toss and for the sampler; every row gets a fork of its own. */
  readonly random?: Random;
}

/**
 * @throws NextTokenError `invalid-parameter` for what is no processor, or a missing `random`;
 *   `unsupported-option`; `unsupported-capability` for a processor that needs sibling rows or guidance
 */
export function checkBridge(owner: string, processor: LogitsProcessor, options: BridgeOptions): void {
  checkOptionNames(owner, options, ['sampler', 'random']);
  if (processor?.kind !== 'processor') {
    throw invalidParameter(owner, 'processor', processor, 'a logits processor');
  }
  const { sampler, random } = options;
  if (sampler !== undefined && sampler?.kind !== 'sampler') {
    throw invalidParameter(owner, 'sampler', sampler, 'a sampler');
  }
  for (const capability of ['siblings', 'guidance'] as const) {
    if (processor.requires?.[capability]) {
      throw new NextTokenError(
        'unsupported-capability',
        `${owner}: ${processor.type} needs ${capability}, which the library does not hand over`,
        { owner, capability, processor: processor.type },
      );
    }
  }
  if (random === undefined && (processor.requires?.random || sampler !== undefined)) {
    throw invalidParameter(
      owner,
      'random',
      random,
      'a random source, which the processor or sampler draws from',
    );
  }
}
