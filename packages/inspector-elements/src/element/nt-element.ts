import { LitElement } from 'lit';
import { baseStyles } from './base-styles';
import type { NtEvents } from './events';
import { themeStyles } from './theme-styles';

/** What all elements share: their look, and events that are typed. */
export abstract class NtElement extends LitElement {
  static override styles = [themeStyles, baseStyles];

  /** @returns false when a listener prevented what would follow */
  protected emit<Name extends keyof NtEvents>(type: Name, detail: NtEvents[Name]): boolean {
    const options = { detail, bubbles: true, composed: true, cancelable: true };
    return this.dispatchEvent(new CustomEvent(type, options));
  }

  /** A colour of the theme as it is here and now, e.g. of `--accent`, for drawings that leave the page. */
  protected colour(name: `--${string}`): string {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    this.renderRoot.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  /** Puts the focus on a part of the shadow root once what has changed is drawn. */
  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
