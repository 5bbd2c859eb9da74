/** What a link carries: ids and settings, never numbers that a model made. Plain data. */
export interface SharedState {
  readonly model: string;
  readonly prompt: string;
  /**
   * The tree behind the prompt, without the prompt: for each text the place of the one it continues (-1: the prompt)
   * and its last id. The texts stand behind those that they continue.
   */
  readonly nodes: readonly (readonly [parent: number, id: number])[];
  /** Which of them is shown; -1: the prompt. */
  readonly at: number;
  /** As the settings write themselves. */
  readonly settings: unknown;
  readonly view: string;
}

function isNode(node: unknown, index: number): boolean {
  if (!Array.isArray(node) || node.length !== 2) return false;
  const [parent, id] = node as unknown[];
  return (
    Number.isInteger(parent) &&
    (parent as number) >= -1 &&
    (parent as number) < index &&
    Number.isInteger(id) &&
    (id as number) >= 0
  );
}

/** Whether data from elsewhere is a state that can be opened. */
export function isSharedState(data: unknown): data is SharedState {
  const { model, prompt, nodes, at, view } = Object(data) as Partial<Record<keyof SharedState, unknown>>;
  return (
    typeof model === 'string' &&
    typeof prompt === 'string' &&
    typeof view === 'string' &&
    Array.isArray(nodes) &&
    nodes.every(isNode) &&
    Number.isInteger(at) &&
    (at as number) >= -1 &&
    (at as number) < nodes.length
  );
}
