/** Models that come with `@nexttoken/tiny-models`; these names win over paths and hub ids. */
export const embeddedNames = ['tales', 'tales-chat'] as const;

export type EmbeddedName = (typeof embeddedNames)[number];

export function isEmbeddedName(name: string): name is EmbeddedName {
  return (embeddedNames as readonly string[]).includes(name);
}
