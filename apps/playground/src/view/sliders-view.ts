import type { NextTokenTable, TracedStage } from '@nexttoken/inspector';
import { byId } from '../dom/by-id';
import type { Run } from '../state/run';
import { initialSettings, type Settings, stageControls } from '../state/settings';
import { formatCount, formatNumber } from './format';
import { StageSlider } from './stage-slider';

/** The sliders, the sampler and the seed: all act on the shown row at once. */
export function createSlidersView(run: Run) {
  const sliders = stageControls.map(
    (control) =>
      new StageSlider(control, (value) => {
        run.change({ stages: { ...run.settings.stages, [control.name]: value } });
      }),
  );
  byId('sliders').replaceChildren(...sliders.map((slider) => slider.element));
  const note = byId('chosen-note');
  const seed = byId<HTMLInputElement>('seed');
  seed.addEventListener('input', () => {
    const value = seed.valueAsNumber;
    const legal = Number.isSafeInteger(value) && value >= 0;
    seed.setAttribute('aria-invalid', String(!legal));
    if (legal) run.change({ seed: value });
  });
  for (const radio of document.querySelectorAll<HTMLInputElement>('input[name="sampler"]'))
    radio.addEventListener('change', () => {
      if (radio.checked) run.change({ sampler: radio.value as Settings['sampler'] });
    });
  seed.value = String(initialSettings.seed);

  return (table: NextTokenTable): void => {
    note.textContent = run.generating ? 'from here on' : 'this step';
    for (const slider of sliders) {
      const { name, cuts } = slider.control;
      slider.show(run.settings.stages[name], effectOf(table, name, cuts));
    }
  };
}

function effectOf({ stages = [], entropy }: NextTokenTable, name: string, cuts: boolean): string {
  const index = stages.findIndex(({ type }) => type === name);
  const stage: TracedStage | undefined = stages[index];
  if (!stage) return '';
  if (cuts) return `cuts ${formatCount(stage.removed)}, keeps ${formatCount(stage.kept)}`;
  const before = stages[index - 1]?.entropy ?? entropy;
  return `${formatNumber(before)} → ${formatNumber(stage.entropy)} bits`;
}
