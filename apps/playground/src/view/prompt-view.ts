import type { Playground } from '../app/playground';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import { replaceAllText } from './replace-all-text';

const pause = 150;

/** The prompt as editable text, and its tokens below. Edits act after a short pause. */
export function createPromptView(playground: Playground): () => void {
  const prompt = byId('prompt');
  const tokens = byId('tokens');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: readonly number[] | undefined;

  const read = () => {
    clearTimeout(timer);
    void playground.setPrompt(prompt.textContent ?? '');
  };
  replaceAllText(prompt);
  prompt.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(read, pause);
  });
  prompt.addEventListener('blur', read);

  return () => {
    const { promptText: text } = playground;
    const { ids, tokens: names } = playground.node.prompt;
    if (document.activeElement !== prompt && prompt.textContent !== text) prompt.textContent = text;
    if (ids === shown) return;
    shown = ids;
    byId('tokens-count').textContent = `${ids.length} ${ids.length === 1 ? 'token' : 'tokens'}`;
    tokens.replaceChildren(
      ...ids.map((id, index) =>
        element(
          'li',
          { class: 'prompt-token', title: `${names[index]} · id ${id}` },
          element('span', { class: 'token-text' }, names[index] ?? ''),
          element('span', { class: 'token-id' }, String(id)),
        ),
      ),
    );
  };
}
