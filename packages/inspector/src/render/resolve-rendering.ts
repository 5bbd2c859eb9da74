import { checkOptionNames, invalidParameter } from '@nexttoken/model';
import { createStyle, type RenderOptions, type Style } from './style';

/** The options of every renderer, checked and with their defaults. */
export function resolveRendering(options: RenderOptions): { readonly style: Style; readonly width: number } {
  checkOptionNames('render', options, ['color', 'width']);
  const { color = false, width = 80 } = options;
  if (!Number.isInteger(width) || width < 40) {
    throw invalidParameter('render', 'width', width, 'an integer >= 40');
  }
  return { style: createStyle(color), width };
}
