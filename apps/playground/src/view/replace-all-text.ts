/** The text that an edit would put in, where it can be told. */
function insertedText({ inputType, data, dataTransfer }: InputEvent): string | undefined {
  if (!inputType.startsWith('insert') || inputType === 'insertCompositionText') return undefined;
  return data ?? dataTransfer?.getData('text/plain') ?? undefined;
}

function isAllSelected(field: HTMLElement): boolean {
  const text = field.textContent ?? '';
  return text === '' || document.getSelection()?.toString() === text;
}

/**
 * Replaces all text of an inline editable element by itself: left to the browser, what is typed then may land behind the
 * element, in the text that flows on from it.
 */
export function replaceAllText(field: HTMLElement): void {
  field.addEventListener('beforeinput', (event) => {
    const text = insertedText(event);
    if (text === undefined || event.isComposing || !isAllSelected(field)) return;
    event.preventDefault();
    field.textContent = text;
    document.getSelection()?.setPosition(field, field.childNodes.length);
    field.dispatchEvent(new InputEvent('input', { inputType: event.inputType, data: text, bubbles: true }));
  });
}
