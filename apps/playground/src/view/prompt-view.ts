import { displayToken } from '@nexttoken/inspector';
import { byId } from '../dom/by-id';
import { element } from '../dom/element';
import type { Run } from '../state/run';

const pause = 150;

/** The prompt as editable text, and its tokens below. Edits act after a short pause. */
export function createPromptView(run: Run): () => void {
  const prompt = byId('prompt');
  const tokens = byId('tokens');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: readonly number[] | undefined;

  const read = () => {
    clearTimeout(timer);
    run.setPrompt(prompt.textContent ?? '');
  };
  prompt.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(read, pause);
  });
  prompt.addEventListener('blur', read);

  return () => {
    const { text } = run;
    if (document.activeElement !== prompt && prompt.textContent !== text.prompt)
      prompt.textContent = text.prompt;
    if (text.promptIds === shown) return;
    shown = text.promptIds;
    byId('tokens-count').textContent = `${shown.length} ${shown.length === 1 ? 'token' : 'tokens'}`;
    tokens.replaceChildren(
      ...shown.map((id) => {
        const token = displayToken(run.loaded.tokenizer, id);
        return element(
          'li',
          { class: 'token', title: `${token} · id ${id}` },
          element('span', { class: 'token-text' }, token),
          element('span', { class: 'token-id' }, String(id)),
        );
      }),
    );
  };
}
