import { activeStages } from '../sampling-settings/chain-of';
import { isNeutral } from '../sampling-settings/is-neutral';
import { initialParameters, newStage } from '../sampling-settings/new-stage';
import type { SamplingSettings, StageSettings } from '../sampling-settings/sampling-settings';
import { stageControlOf } from '../sampling-settings/stage-controls';

/** One parameter of a stage set; what was off runs again. `undefined` leaves the parameter out. */
export function withParameter(
  settings: SamplingSettings,
  place: number,
  name: string,
  value: unknown,
): SamplingSettings {
  const stage = settings.stages[place]!;
  const { [name]: _, ...others } = stage.parameters;
  const parameters = value === undefined ? others : { ...others, [name]: value };
  return withStage(settings, place, { ...stage, parameters, enabled: true });
}

/** A stage in the place of another. */
function withStage(settings: SamplingSettings, place: number, stage: StageSettings): SamplingSettings {
  return { ...settings, stages: settings.stages.with(place, stage) };
}

/** Switches a stage on or off; one that is on at a neutral value gets its usual value. */
export function switched(settings: SamplingSettings, place: number): SamplingSettings {
  const stage = settings.stages[place]!;
  if (activeStages(settings).includes(place)) return withStage(settings, place, { ...stage, enabled: false });
  const usual = initialParameters(stageControlOf(stage.type)?.controls ?? []);
  const parameters = isNeutral(stage) ? { ...stage.parameters, ...usual } : stage.parameters;
  return withStage(settings, place, { ...stage, parameters, enabled: true });
}

/** A stage taken from one place to another. */
export function moved(settings: SamplingSettings, from: number, to: number): SamplingSettings {
  const stages = settings.stages.toSpliced(from, 1).toSpliced(to, 0, settings.stages[from]!);
  return { ...settings, stages };
}

export function removed(settings: SamplingSettings, place: number): SamplingSettings {
  return { ...settings, stages: settings.stages.toSpliced(place, 1) };
}

/** A processor more, at the end. */
export function added(settings: SamplingSettings, type: string): SamplingSettings {
  return { ...settings, stages: [...settings.stages, newStage(type)] };
}
