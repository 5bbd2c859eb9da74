/** Opens and closes a popover below its button, and fills it anew each time. */
export function connectMenu(button: HTMLElement, menu: HTMLElement, fill: () => void): void {
  button.addEventListener('click', () => {
    if (menu.matches(':popover-open')) menu.hidePopover();
    else {
      fill();
      menu.showPopover();
      const { bottom, left, right } = button.getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      const { width } = menu.getBoundingClientRect();
      // Its left edge with the button's where there is room, else its right edge; never beyond the page.
      const wanted = left + width <= clientWidth - 8 ? left : right - width;
      menu.style.setProperty('--menu-left', `${Math.max(8, wanted)}px`);
      menu.style.setProperty('--menu-top', `${bottom + 4}px`);
      menu.querySelector<HTMLElement>('button:not(:disabled), input')?.focus();
    }
  });
  menu.addEventListener('toggle', (event) => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen && (document.activeElement === document.body || menu.contains(document.activeElement)))
      button.focus();
  });
}
