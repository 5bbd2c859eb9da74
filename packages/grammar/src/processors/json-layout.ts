import { invalidParameter } from '@nexttoken/model';
import type { Layout } from '../json-schema/json-schema';

/**
 * How JSON is spaced, always on one line. `spaced`: `{"a": 1, "b": [2, 3]}`, as models have mostly seen it.
 * `compact`: `{"a":1,"b":[2,3]}`.
 */
export type JsonLayout = 'spaced' | 'compact';

const layouts: Readonly<Record<JsonLayout, Layout>> = {
  spaced: { comma: ', ', colon: ': ' },
  compact: { comma: ',', colon: ':' },
};

/** The layout of a name. @throws NextTokenError `invalid-parameter` */
export function layoutOf(owner: string, name: JsonLayout): Layout {
  if (Object.hasOwn(layouts, name)) return layouts[name];
  throw invalidParameter(owner, 'layout', name, "'spaced' or 'compact'");
}
