/** Enter and Escape leave the prompt, also while no model is there yet; a line break takes Shift. */
export function endPromptByKeys(prompt: HTMLElement): void {
  prompt.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      prompt.blur();
    }
  });
}
