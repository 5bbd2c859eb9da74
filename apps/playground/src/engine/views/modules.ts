import { checkpointModuleTree } from '@nexttoken/checkpoint';
import { modelCosts } from '@nexttoken/inspector';
import type { Inside } from '../inside/inside';
import type { ViewApi } from './view-protocol';

/** The modules of a model as PyTorch prints them, and what a token costs in it. */
export async function modulesOf(inside: Inside, positions: number): Promise<ViewApi['modules']['result']> {
  const checkpoint = await inside.checkpoint();
  const { root } = checkpointModuleTree(checkpoint);
  return { root, costs: modelCosts(root, checkpoint.architecture, { positions }) };
}
