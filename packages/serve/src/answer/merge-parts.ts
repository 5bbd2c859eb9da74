import type { ChoicePart } from '../run/choice-part';

/** The parts of a run put together, one a choice, in order. */
export async function mergeParts(
  parts: AsyncIterable<ChoicePart>,
  choices: number,
): Promise<readonly ChoicePart[]> {
  const merged = Array.from({ length: choices }, (_, index) => ({
    index,
    texts: [] as string[],
    steps: [] as ChoicePart['steps'][number][],
    finish: undefined as ChoicePart['finish'],
  }));
  for await (const { index, text, steps, finish } of parts) {
    const choice = merged[index]!;
    choice.texts.push(text);
    choice.steps.push(...steps);
    if (finish) choice.finish = finish;
  }
  return merged.map(({ index, texts, steps, finish }) => ({
    index,
    text: texts.join(''),
    steps,
    ...(finish && { finish }),
  }));
}
