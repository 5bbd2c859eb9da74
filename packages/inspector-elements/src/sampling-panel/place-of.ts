import type { NumberControl } from '../sampling-settings/control';

/** The slider's place that is nearest to a value; the first for one that is left out. */
export function placeOf({ values, optional, neutral }: NumberControl, value: unknown): number {
  if (typeof value !== 'number') return optional ? 0 : -1;
  const exact = values.indexOf(value);
  if (exact >= 0) return exact;
  let nearest = 0;
  values.forEach((each, place) => {
    if (each !== neutral && Math.abs(each - value) < Math.abs(values[nearest]! - value)) nearest = place;
  });
  return nearest;
}

/** The value at a place; `undefined` where the parameter is to be left out. */
export function valueAt({ values, optional }: NumberControl, place: number): number | undefined {
  return optional && place === 0 ? undefined : values[place];
}
