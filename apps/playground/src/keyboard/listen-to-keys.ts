import { type KeyActions, keyMap } from './key-map';

/** Where the key went, also within an element's shadow. */
function targetOf(event: KeyboardEvent): HTMLElement {
  return event.composedPath()[0] as HTMLElement;
}

function isTyping(target: HTMLElement): boolean {
  const isField = target instanceof HTMLInputElement && !['range', 'radio', 'checkbox'].includes(target.type);
  return target.isContentEditable || isField || target instanceof HTMLTextAreaElement;
}

/** Whether a control has a use of its own for a key. */
function isTaken(target: HTMLElement, key: string): boolean {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
  if (key.startsWith('Arrow')) return isField || target.closest('[role]:not(li):not(p)') !== null;
  if (key === 'Enter') return target.closest('button, a, select, summary, label, [role], input') !== null;
  return target instanceof HTMLSelectElement && key.length === 1;
}

/** What a key press means there, if anything. */
function actionOf(event: KeyboardEvent): keyof KeyActions | undefined {
  const target = targetOf(event);
  if (isTyping(target) || event.altKey) return undefined;
  const withControl = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 && event.shiftKey ? event.key.toUpperCase() : event.key;
  if (!withControl && isTaken(target, key)) return undefined;
  const name = withControl ? `Control+${key}` : key;
  return keyMap.find(({ keys }) => keys.includes(name))?.action;
}

/** Keys act anywhere but in the prompt and in fields; sliders, lists and charts keep their own. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
}
