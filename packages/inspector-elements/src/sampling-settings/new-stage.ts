import type { Control } from './control';
import type { StageSettings } from './sampling-settings';
import { stageControlOf } from './stage-controls';

function initialValue(control: Control): unknown {
  if (control.kind === 'number') return control.optional ? undefined : control.initial;
  if (control.kind === 'flag' || control.kind === 'choice') return control.initial;
  return control.name === 'encoderIds' ? undefined : [];
}

/** Parameters that controls start with; what may be left out is. */
export function initialParameters(controls: readonly Control[]): Readonly<Record<string, unknown>> {
  const entries = controls.map((control) => [control.name, initialValue(control)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * A stage of this type as it is added to a panel, with its usual values.
 * @param parameters some of them set otherwise
 */
export function newStage(type: string, parameters: Readonly<Record<string, unknown>> = {}): StageSettings {
  const controls = stageControlOf(type)?.controls ?? [];
  return { type, parameters: { ...initialParameters(controls), ...parameters }, enabled: true };
}
