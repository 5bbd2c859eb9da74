/** Everything a page without a bundler needs: the elements, and the chains and tables that go into them. */
export { displayToken, nextTokenTable } from '@nexttoken/inspector';
export {
  categorical,
  chain,
  fromGenerationConfig,
  fromLlamaCpp,
  greedy,
  minP,
  repetitionPenalty,
  temperature,
  topK,
  topP,
  typicalP,
} from '@nexttoken/sampling';
export * from './index';
