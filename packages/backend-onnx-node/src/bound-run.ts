import type { InferenceSession, OnnxValue, Tensor } from 'onnxruntime-node';

/**
 * Runs a session whose outputs stay on a device. onnxruntime-node keeps every output that was ever asked for bound to
 * the session, and a later run that does not ask for it fails; so all of them are asked for again, and what nobody
 * wanted this time is freed. Its answers come in the order in which they were bound, under names in the model's
 * order: where an output is asked for later than one that stands behind it in the model, the names are put right.
 */
export function boundRun(
  session: InferenceSession,
): (feeds: InferenceSession.FeedsType, outputs: readonly string[]) => Promise<InferenceSession.ReturnType> {
  const bound: string[] = [];
  return async (feeds, outputs) => {
    const fresh = outputs.filter((name) => !bound.includes(name));
    bound.push(...inModelOrder(session, fresh));
    const results = await session.run(feeds, bound);
    const wanted: Record<string, OnnxValue> = {};
    for (const [index, label] of inModelOrder(session, bound).entries()) {
      const value = results[label]!;
      if (outputs.includes(bound[index]!)) wanted[bound[index]!] = value;
      else (value as Tensor).dispose();
    }
    return wanted;
  };
}

function inModelOrder({ outputNames }: InferenceSession, names: readonly string[]): string[] {
  return outputNames.filter((name) => names.includes(name));
}
