type Tag = 'rect' | 'path' | 'line' | 'circle' | 'text' | 'g' | 'title';

/** A mark of a drawing: a tag, its attributes, and text or marks inside. */
export interface Mark
  extends ReadonlyArray<Tag | Readonly<Record<string, string | number | undefined>> | string | Mark> {
  readonly 0: Tag;
  readonly 1: Readonly<Record<string, string | number | undefined>>;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML has no other control characters, not even escaped.
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character]!).replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd');

function written(mark: Mark): string {
  const [tag, attributes] = mark;
  const inside = mark.slice(2) as readonly (Mark | string)[];
  const pairs = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const head = pairs.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
  return `<${tag}${head}>${inside.map((each) => (typeof each === 'string' ? escaped(each) : written(each))).join('')}</${tag}>`;
}

/** A drawing as a file of its own: nothing in it refers to a page. */
export function svgFile(
  width: number,
  height: number,
  title: string,
  background: string,
  marks: readonly Mark[],
): string {
  const paper: Mark = ['rect', { width, height, fill: background }];
  const body = [['title', {}, title] as const, paper, ...marks].map(written).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13">\n${body}\n</svg>\n`;
}
