import { constraintLabels } from './constraint-labels';
import type { StageControl } from './control';
import { removingControls } from './removing-controls';
import { repetitionControls } from './repetition-controls';
import { reshapingControls } from './reshaping-controls';
import { steeringControls } from './steering-controls';

/** Every processor of `@nexttoken/sampling` as a panel shows it. */
export const stageControls: readonly StageControl[] = [
  ...removingControls,
  ...reshapingControls,
  ...repetitionControls,
  ...steeringControls,
];

const byType = new Map(stageControls.map((control) => [control.type, control]));

/** What is known of a processor's type; of one's own types nothing is. */
export function stageControlOf(type: string): StageControl | undefined {
  return byType.get(type);
}

/** A stage's name in a trace as people write it: `topP` → `top-p`, `topK (2)` → `top-k (2)`. */
export function stageLabel(name: string): string {
  const [, type = name, number = ''] = /^(\w+)( \(\d+\))?$/.exec(name) ?? [];
  return (byType.get(type)?.label ?? constraintLabels[type] ?? type) + number;
}
