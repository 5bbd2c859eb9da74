import type { SamplingSettings } from '@nexttoken/inspector-elements/sampling-settings';

/** How what a text has to keep to is written down. */
export type ConstraintKind = 'json-schema' | 'regex' | 'choice' | 'grammar';

/** What the text behind the prompt has to keep to, as it was typed. */
export interface ConstraintSettings {
  readonly kind: ConstraintKind;
  /** A JSON schema, a pattern, one text a line, or rules. */
  readonly text: string;
}

/** How a token is chosen, and among which: plain JSON. */
export interface ChosenSettings extends SamplingSettings {
  readonly constraint?: ConstraintSettings | undefined;
}

const kinds: readonly string[] = ['json-schema', 'regex', 'choice', 'grammar'] satisfies ConstraintKind[];

/** Whether data from elsewhere is a constraint. */
export function isConstraint(data: unknown): data is ConstraintSettings {
  const { kind, text } = Object(data) as Partial<Record<keyof ConstraintSettings, unknown>>;
  return typeof kind === 'string' && kinds.includes(kind) && typeof text === 'string';
}
