import type { Kit } from './kit';
import type { Needs } from './suite';

/** Why a test cannot run against this model, in words; `undefined` when it can. */
export function unmetNeed(needs: Needs, kit: Kit): string | undefined {
  const { capabilities } = kit.model;
  const { contextLength, maxRows } = capabilities;
  for (const name of [
    'allPositions',
    'hiddenStates',
    'attention',
    'topLogits',
    'select',
    'truncate',
    'fork',
  ] as const) {
    if (needs[name] && !capabilities[name]) return `the model declares capabilities.${name} absent`;
  }
  if (needs.rows !== undefined && needs.rows > maxRows) {
    return `needs ${needs.rows} rows, the model declares maxRows ${maxRows}`;
  }
  if (needs.limitedRows && maxRows === Number.POSITIVE_INFINITY) return 'the model declares no limit of rows';
  const context = needs.context ?? 16;
  if (context > contextLength) {
    return `needs ${context} positions, the model declares contextLength ${contextLength}`;
  }
  if (needs.contextAtMost !== undefined && contextLength > needs.contextAtMost) {
    return `fills the context, and contextLength ${contextLength} is too long for that`;
  }
  if (needs.liveHandles && !kit.liveHandles) return 'the option liveHandles was not given';
  if (needs.reference && kit.reference.length === 0) return 'the option reference was not given';
  if (needs.outputLayer && !kit.outputLayer) return 'the option outputLayer was not given';
  if (needs.childProcess && !('process' in globalThis)) return 'there are no processes to end in a page';
  if (needs.childProcess && !kit.childProcess) return 'the option childProcess was not given';
  return undefined;
}
