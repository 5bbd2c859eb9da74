import { element } from '../dom/element';
import { type View, type ViewHost, type ViewName, viewFactories, viewLabels, viewNames } from '../views/view';

/** The lower band: which view fills it, and the buttons that change it. */
export class ViewBand {
  name: ViewName = 'next';
  current: View | undefined;
  readonly #made = new Map<ViewName, Promise<View>>();
  readonly #buttons = new Map<ViewName, HTMLButtonElement>();

  constructor(
    readonly band: HTMLElement,
    nav: HTMLElement,
    readonly host: ViewHost,
    readonly onChange: () => void,
  ) {
    for (const name of viewNames) {
      const button = element('button', { type: 'button', class: 'view-name' }, viewLabels[name]);
      button.addEventListener('click', () => void this.show(name));
      this.#buttons.set(name, button);
      nav.append(button);
    }
  }

  /** Fetches a view's code where it is not here yet, and shows it. */
  async show(name: ViewName): Promise<void> {
    this.name = name;
    for (const [other, button] of this.#buttons) {
      if (other === name) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
    }
    try {
      const view = await this.#view(name);
      // Another one was asked for meanwhile.
      if (this.name !== name) return;
      if (this.current !== view) this.current?.leave?.();
      this.current = view;
      this.band.replaceChildren(view.element);
      this.band.dataset.view = name;
      view.draw();
    } catch (error) {
      this.#made.delete(name);
      this.host.report(error);
    }
    this.onChange();
  }

  draw(): void {
    this.current?.draw();
  }

  #view(name: ViewName): Promise<View> {
    const made = this.#made.get(name) ?? viewFactories[name]().then((create) => create(this.host));
    this.#made.set(name, made);
    return made;
  }
}
