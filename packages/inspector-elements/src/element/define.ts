/** Registers an element where there is a registry; the first of two copies of the package wins. */
export function define(name: `nt-${string}`, element: CustomElementConstructor): void {
  const registry = globalThis.customElements;
  if (registry && !registry.get(name)) registry.define(name, element);
}
