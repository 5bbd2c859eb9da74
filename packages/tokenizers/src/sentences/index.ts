export { splitSentences, type TextSpan } from './split-sentences';
export { splitSentenceWords, splitWords } from './split-words';
