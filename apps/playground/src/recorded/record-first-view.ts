import { displayToken } from '@nexttoken/inspector';
import { initialSettings } from '@nexttoken/inspector-elements/sampling-settings';
import { load } from '@nexttoken/load';
import { tableSize } from '../app/table-size';
import { freshMemory } from '../engine/choose';
import { shapeRow } from '../engine/shape-row';

const firstPrompt = 'The capital of France is';

/** Runs the embedded model on the first prompt, as the page does when it is live. Node only. */
export async function recordFirstView() {
  const { model, tokenizer, dispose } = await load('tales');
  const ids = [...tokenizer.encode(firstPrompt).ids];
  const session = await model.createSession();
  const { logits } = await session.forward([ids]);
  const position = { ids, promptLength: ids.length, settings: initialSettings };
  const row = logits[0]!.data.slice();
  const { table, reading } = shapeRow(
    row,
    tokenizer,
    { ...position, top: tableSize },
    freshMemory(position, position),
  );
  const { scores: _scores, removedBy: _removedBy, ...shown } = reading;
  await session.dispose();
  await dispose();
  return {
    prompt: { text: firstPrompt, ids, tokens: ids.map((id) => displayToken(tokenizer, id)) },
    shaped: { table, reading: shown, forwards: 0 },
  };
}
