import type { Tokenizer } from '@nexttoken/model';
import { displayToken } from '../token/display-token';
import type { LensCell, LensColumn } from './lens-data';

/**
 * Where along the layers the output's token comes about.
 * @param cells one a layer shown, the output's last
 * @param inNucleus whether it is in each cell's nucleus
 */
export function lensColumn(
  position: number,
  id: number,
  cells: readonly LensCell[],
  inNucleus: readonly boolean[],
  tokenizer: Tokenizer | undefined,
): LensColumn {
  const isBest = cells.map(({ final }) => final.rank === 1);
  const layerAt = (index: number): number => cells[index]!.layer;
  const survivor = cells.find(({ sampled }) => sampled !== undefined && sampled.share > 0);
  return {
    position,
    id,
    token: displayToken(tokenizer, id),
    first: layerAt(isBest.indexOf(true)),
    settled: layerAt(isBest.lastIndexOf(false) + 1),
    enters: layerAt(inNucleus.indexOf(true)),
    ...(survivor && { survives: survivor.layer }),
  };
}
