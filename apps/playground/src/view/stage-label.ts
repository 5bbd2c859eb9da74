import { stageControls } from '../state/settings';

/** A processor as people write it: `topP` → `top-p`. */
export function stageLabel(type: string): string {
  return stageControls.find(({ name }) => name === type)?.label ?? type;
}
