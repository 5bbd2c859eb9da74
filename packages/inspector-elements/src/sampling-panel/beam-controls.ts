import type { NumberControl } from '../sampling-settings/control';
import { number, range } from '../sampling-settings/number-control';
import type { BeamSettings } from '../sampling-settings/sampling-settings';

/** What can be set of a beam search. */
export const beamControls: readonly (NumberControl & { readonly name: keyof BeamSettings })[] = [
  { ...number('beams', 'beams', range(2, 16, 1), 4, { digits: 0 }), name: 'beams' },
  { ...number('groups', 'groups', range(1, 8, 1), 1, { digits: 0 }), name: 'groups' },
  {
    ...number('diversityPenalty', 'diversity penalty', range(0, 5, 0.1), 0, { digits: 1 }),
    name: 'diversityPenalty',
  },
  {
    ...number('lengthPenalty', 'length penalty', range(-1, 3, 0.1), 1, { digits: 1 }),
    name: 'lengthPenalty',
  },
];

/** One value set; groups divide beams, and only several of them have a diversity penalty. */
export function withBeam(beam: BeamSettings, name: keyof BeamSettings, value: number): BeamSettings {
  const changed = { ...beam, [name]: value };
  const divisors = range(1, 8, 1).filter((count) => changed.beams % count === 0);
  const groups = divisors.filter((count) => count <= changed.groups).at(-1) ?? 1;
  return { ...changed, groups, diversityPenalty: groups > 1 ? changed.diversityPenalty : 0 };
}
