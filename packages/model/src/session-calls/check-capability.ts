import { NextTokenError } from '../errors/next-token-error';
import type { Capabilities } from '../language-model/capabilities';

/** What a call may need. */
type NeededCapability =
  | 'topLogits'
  | 'allPositions'
  | 'hiddenStates'
  | 'attention'
  | 'select'
  | 'truncate'
  | 'fork';

/**
 * Refuses what a model does not offer.
 * @param call who asks, e.g. `fork`
 * @throws NextTokenError `unsupported-capability` (details: capability)
 */
export function checkCapability(
  call: string,
  capability: NeededCapability,
  capabilities: Partial<Pick<Capabilities, NeededCapability>>,
): void {
  if (capabilities[capability]) return;
  const message = `${call}: the model does not offer ${capability}`;
  throw new NextTokenError('unsupported-capability', message, { capability });
}
