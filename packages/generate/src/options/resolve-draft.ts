import { invalidParameter, NextTokenError } from '@nexttoken/model';
import type { Draft } from '../draft/draft';
import type { GenerateOptions } from './generate-options';

const owner = 'generate';

/**
 * The draft, and whether the model can check what it proposes.
 * @throws NextTokenError `invalid-parameter`, `unsupported-capability`
 */
export function resolveDraft({ draft, model }: GenerateOptions): Draft | undefined {
  if (draft === undefined) return undefined;
  if (draft?.kind !== 'draft') throw invalidParameter(owner, 'draft', draft, 'a draft');
  for (const capability of ['allPositions', 'truncate'] as const) {
    if (model.capabilities[capability]) continue;
    throw new NextTokenError('unsupported-capability', `generate: a draft needs ${capability}`, {
      capability,
      option: 'draft',
    });
  }
  return draft;
}
