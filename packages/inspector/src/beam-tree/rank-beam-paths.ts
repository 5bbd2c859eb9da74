import { invalidParameter } from '@nexttoken/model';
import type { BeamPath, BeamTree, RankedBeamPath } from './beam-tree-data';

const scoreOf = ({ logProbability, ids }: BeamPath, lengthPenalty: number): number =>
  ids.length === 0 ? 0 : logProbability / ids.length ** lengthPenalty;

/**
 * The texts of a search ranked anew: `logProbability / length ** lengthPenalty`, best first, no forward pass. The search
 * itself, with this penalty, might have kept other beams or ended elsewhere: these are the texts that it found.
 *
 * @param lengthPenalty any finite number; 0 compares sums, above 0 favours long texts
 * @throws NextTokenError `invalid-parameter`
 */
export function rankBeamPaths(tree: BeamTree, lengthPenalty: number): readonly RankedBeamPath[] {
  if (!Number.isFinite(lengthPenalty)) {
    throw invalidParameter('rankBeamPaths', 'lengthPenalty', lengthPenalty, 'a finite number');
  }
  const ranked = (penalty: number): readonly BeamPath[] =>
    [...tree.texts].sort((a, b) => scoreOf(b, penalty) - scoreOf(a, penalty));
  const before = ranked(tree.lengthPenalty);
  return ranked(lengthPenalty).map((path, index) => ({
    ...path,
    rank: index + 1,
    rankBefore: before.indexOf(path) + 1,
    newScore: scoreOf(path, lengthPenalty),
  }));
}
