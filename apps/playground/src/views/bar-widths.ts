/** Gives the bars of a view their lengths: the page's security policy forbids style attributes in markup. */
export function setBarWidths(root: HTMLElement): void {
  for (const bar of root.querySelectorAll<HTMLElement>('.ruler-bar'))
    bar.style.setProperty('--width', bar.dataset.width ?? '0');
}
