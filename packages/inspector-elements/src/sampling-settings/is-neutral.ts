import type { StageSettings } from './sampling-settings';
import { stageControlOf } from './stage-controls';

/** Lists that a processor does nothing without. */
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Whether a stage changes nothing as it is set: then it is no part of the chain. */
export function isNeutral({ type, parameters }: StageSettings): boolean {
  const controls = stageControlOf(type)?.controls ?? [];
  const main = controls.find((control) => control.kind === 'number' && control.neutral !== undefined);
  if (main?.kind === 'number' && parameters[main.name] === main.neutral) return true;
  if (type === 'dynamicTemperature') return parameters.temperature === 1 && parameters.range === 0;
  return controls.some(({ kind, name }) => {
    const isList = kind !== 'number' && kind !== 'flag' && kind !== 'choice';
    return isList && name !== 'breakers' && !isOptionalList(type, name) && isEmptyList(parameters[name]);
  });
}

/** `badWords` bans without end tokens, too. */
function isOptionalList(type: string, name: string): boolean {
  return name === 'encoderIds' || (type === 'badWords' && name === 'endTokenIds');
}
