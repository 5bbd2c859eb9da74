import type { InferenceSession, OnnxValue, Tensor } from 'onnxruntime-node';

/**
 * Runs a session whose outputs stay on a device. onnxruntime-node keeps every output that was ever asked for bound to
 * the session, and a later run that does not ask for it fails; so all of them are asked for again, and what nobody
 * wanted this time is freed.
 */
export function boundRun(
  session: InferenceSession,
): (feeds: InferenceSession.FeedsType, outputs: readonly string[]) => Promise<InferenceSession.ReturnType> {
  const bound = new Set<string>();
  return async (feeds, outputs) => {
    for (const name of outputs) bound.add(name);
    const results = await session.run(feeds, [...bound]);
    const wanted: Record<string, OnnxValue> = {};
    for (const name of outputs) wanted[name] = results[name]!;
    for (const [name, value] of Object.entries(results)) if (!(name in wanted)) (value as Tensor).dispose();
    return wanted;
  };
}
