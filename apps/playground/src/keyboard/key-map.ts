/** What keys do anywhere but in fields and in the prompt. */
export interface KeyActions {
  readonly step: () => void;
  readonly generate: () => void;
  readonly sentence: () => void;
  readonly fork: () => void;
  readonly stop: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly back: () => void;
  readonly lookBack: () => void;
  readonly lookForward: () => void;
  readonly nextUncertain: () => void;
  readonly nextBranch: () => void;
  readonly previousBranch: () => void;
  readonly search: () => void;
  readonly edit: () => void;
  readonly models: () => void;
  readonly share: () => void;
  readonly theme: () => void;
  readonly help: () => void;
}

export interface KeyBinding {
  readonly action: keyof KeyActions;
  /** As `KeyboardEvent.key` has them; `Control+` stands for the command key too. */
  readonly keys: readonly string[];
  readonly words: string;
}

/** Every key and what it does: what listens and what the help shows are one list. */
export const keyMap: readonly KeyBinding[] = [
  { action: 'step', keys: ['Enter', 'ArrowRight'], words: 'step: take the marked token' },
  { action: 'generate', keys: ['g'], words: 'generate' },
  { action: 'sentence', keys: ['s'], words: 'generate to the end of the sentence' },
  { action: 'fork', keys: ['f'], words: 'generate to the next fork' },
  { action: 'stop', keys: ['Escape'], words: 'stop; leave the prompt; close what is open' },
  { action: 'back', keys: ['Backspace'], words: 'the text without its last token (it stays a branch)' },
  { action: 'undo', keys: ['Control+z'], words: 'undo' },
  { action: 'redo', keys: ['Control+Z'], words: 'redo' },
  { action: 'lookBack', keys: ['['], words: 'look at the step before' },
  { action: 'lookForward', keys: [']'], words: 'look at the step after' },
  { action: 'nextUncertain', keys: ['u'], words: 'look at the next uncertain step' },
  { action: 'nextBranch', keys: ['b'], words: 'the next branch' },
  { action: 'previousBranch', keys: ['B'], words: 'the branch before' },
  { action: 'search', keys: ['/'], words: 'search a token' },
  { action: 'edit', keys: ['e'], words: 'edit the prompt' },
  { action: 'models', keys: ['m'], words: 'models: choose, fetch, open, delete' },
  { action: 'share', keys: ['l'], words: 'link, files, code' },
  { action: 'theme', keys: ['t'], words: 'light, dark, as the system has it' },
  { action: 'help', keys: ['?'], words: 'this page' },
];
