import { type BeamEvent, beamSearch } from '@nexttoken/generate';
import { type BeamTree, beamTree } from '@nexttoken/inspector';
import { hammingDiversity } from '@nexttoken/sampling';
import { chosenChain } from '../chosen-chain';
import { readyChoosing } from '../constraint/make-constraint';
import type { OpenModel } from '../open-model';
import type { BeamsRequest } from './view-protocol';

/** Searches beams behind a text, and tells the tree as it grows. A stop keeps what there is. */
export async function searchBeams(
  open: OpenModel,
  { ids, settings, maxNewTokens }: BeamsRequest,
  signal: AbortSignal,
  emit: (tree: BeamTree) => void,
): Promise<BeamTree> {
  const { beams, groups, diversityPenalty, lengthPenalty } = settings.beam ?? {
    beams: 4,
    groups: 1,
    diversityPenalty: 0,
    lengthPenalty: 1,
  };
  const { loaded, card } = open;
  const { processors } = chosenChain(await readyChoosing(open, { settings }));
  const { model, tokenizer } = loaded;
  const events: BeamEvent[] = [];
  const grown = () => beamTree(events, tokenizer, { lengthPenalty });
  const search = beamSearch({
    model,
    tokenizer,
    prompt: ids,
    numBeams: beams,
    numBeamGroups: groups,
    numReturnSequences: beams,
    lengthPenalty,
    maxNewTokens,
    endTokenIds: card.endTokenIds,
    processors: groups > 1 ? [processors, hammingDiversity(diversityPenalty)] : processors,
    signal,
  });
  for await (const event of search) {
    events.push(event);
    if (event.type === 'beams') emit(grown());
    // Lets a stop come in.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return grown();
}
