import { huggingFacePreset, llamaCppPreset } from '@nexttoken/sampling';
import type { NamedOrder } from './order-lab-data';

/** What both orders are made of; see the presets of `@nexttoken/sampling`. */
export interface OrderSettings {
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly minP?: number;
  readonly typicalP?: number;
  readonly repetitionPenalty?: number;
  readonly minTokensToKeep?: number;
}

/**
 * The same settings in Hugging Face's order (repetition penalty, temperature, top-k, top-p, min-p, typical-p) and in
 * llama.cpp's (repetition penalty, top-k, typical-p, top-p, min-p, temperature).
 * @throws NextTokenError what the presets throw
 */
export function presetOrders(
  settings: OrderSettings,
): readonly [huggingFace: NamedOrder, llamaCpp: NamedOrder] {
  return [
    { name: 'Hugging Face', processors: huggingFacePreset(settings) },
    { name: 'llama.cpp', processors: llamaCppPreset(settings) },
  ];
}
