export interface KeyActions {
  readonly step: () => void;
  readonly generate: () => void;
  readonly stop: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly lookBack: () => void;
  readonly lookForward: () => void;
  readonly edit: () => void;
  readonly models: () => void;
  readonly help: () => void;
}

function isTyping(target: HTMLElement): boolean {
  const isField = target instanceof HTMLInputElement && !['range', 'radio'].includes(target.type);
  return target.isContentEditable || isField;
}

/** What a key press means there, if anything. */
function actionOf(event: KeyboardEvent): keyof KeyActions | undefined {
  const target = event.target as HTMLElement;
  const { key } = event;
  if (isTyping(target) || event.altKey) return undefined;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() === 'z') return event.shiftKey ? 'redo' : 'undo';
    return undefined;
  }
  const isControl = target.closest('button, a, input, label') !== null;
  if (key === 'Enter') return isControl && !(target instanceof HTMLInputElement) ? undefined : 'step';
  if (key === 'ArrowRight') return target instanceof HTMLInputElement ? undefined : 'step';
  const plain: Readonly<Record<string, keyof KeyActions>> = {
    g: 'generate',
    Escape: 'stop',
    '[': 'lookBack',
    ']': 'lookForward',
    e: 'edit',
    m: 'models',
    '?': 'help',
  };
  return plain[key];
}

/** Keys act anywhere but in the prompt and in fields; sliders keep their arrows. */
export function listenToKeys(actions: KeyActions): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
}
