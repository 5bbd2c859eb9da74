import type { Playground } from '../app/playground';
import { byId } from '../dom/by-id';
import { defaultModel } from '../model/model-name';
import { tokensOf } from '../tree/token-tree';
import { formatPercent } from './format';
import { liveText, loadingText } from './status-text';

/** Which model it is, what it does, and, for those who do not see the table, what was taken. */
export function drawStatus(playground: Playground): void {
  const { model, loading } = playground;
  byId('model-name').textContent = loading?.name ?? model?.name ?? defaultModel;
  byId('status').textContent = statusOf(playground);
  announce(playground);
}

function statusOf({ model, loading, tokensPerSecond }: Playground): string {
  if (loading) {
    const doing = loading.progress ? loadingText(loading.progress) : 'loading';
    return model ? doing : `recorded · ${doing}`;
  }
  return model ? liveText(model, tokensPerSecond) : 'not loaded';
}

/** While generating only the end is told. */
function announce({ node, generating }: Playground): void {
  const last = tokensOf(node).at(-1);
  const announcement = byId('announcement');
  const words = last && !generating ? `took ${last.token}, raw ${formatPercent(last.probability)} %` : '';
  if (announcement.textContent !== words) announcement.textContent = words;
}
