import type { StreamKit } from './stream-kit';
import type { StreamNeeds } from './stream-suite';

/** Why a test cannot run against this stream model, in words; `undefined` when it can. */
export function unmetStreamNeed(needs: StreamNeeds, kit: StreamKit): string | undefined {
  const { capabilities } = kit.model;
  for (const name of ['options', 'processors', 'samplers', 'prompts'] as const) {
    const declared: readonly string[] = capabilities[name];
    const missing = needs[name]?.find((one) => !declared.includes(one));
    if (missing !== undefined) return `the model does not declare ${missing} among capabilities.${name}`;
  }
  for (const kind of needs.prompts ?? []) {
    if (kit.prompts(kind).length === 0) return `the option prompts.${kind} was not given`;
  }
  for (const name of ['tokenIds', 'tokenBytes'] as const) {
    if (needs[name] && !capabilities[name]) return `the model declares capabilities.${name} absent`;
  }
  if (needs.steady) {
    if (!capabilities.deterministic) return 'the model declares capabilities.deterministic absent';
    if (!capabilities.samplers.includes('greedy') && !capabilities.options.includes('seed'))
      return 'the model declares neither a greedy sampler nor seeds';
  }
  if ((needs.candidates ?? 0) > capabilities.maxCandidates) {
    return `needs ${needs.candidates} candidate(s), the model declares maxCandidates ${capabilities.maxCandidates}`;
  }
  if (needs.liveHandles && !kit.liveHandles) return 'the option liveHandles was not given';
  if (needs.secrets && kit.secrets.length === 0) return 'the option secrets was not given';
  return undefined;
}
