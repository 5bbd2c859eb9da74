/** A value of the template's run time, as `@huggingface/jinja` holds it. */
export interface RuntimeValue {
  readonly type: string;
  readonly value: unknown;
}

/** Options of Hugging Face's `tojson` filter. */
export interface JsonStyle {
  readonly ensure_ascii?: boolean | null;
  readonly indent?: number | null;
  readonly separators?: readonly [string, string] | null;
  readonly sort_keys?: boolean | null;
}

/**
 * Python's `json.dumps`, with `ensure_ascii` false by default.
 * @throws Error for a value that JSON has no form for
 */
export function toPythonJson(value: RuntimeValue, style: JsonStyle = {}, depth = 0): string {
  const indent = style.indent ?? null;
  const [comma, colon] = style.separators ?? [indent === null ? ', ' : ',', ': '];
  const surround = (open: string, items: readonly string[], close: string) => {
    if (items.length === 0) return open + close;
    if (indent === null) return open + items.join(comma) + close;
    const line = (level: number) => `\n${' '.repeat(indent * level)}`;
    return open + line(depth + 1) + items.join(comma + line(depth + 1)) + line(depth) + close;
  };
  switch (value.type) {
    case 'NullValue':
      return 'null';
    case 'BooleanValue':
      return String(value.value);
    case 'IntegerValue':
      return BigInt(value.value as number).toString();
    case 'FloatValue':
      return pythonFloat(value.value as number);
    case 'StringValue':
      return quote(value.value as string, style);
    case 'ArrayValue':
    case 'TupleValue': {
      const items = (value.value as RuntimeValue[]).map((item) => toPythonJson(item, style, depth + 1));
      return surround('[', items, ']');
    }
    case 'ObjectValue': {
      const entries = [...(value.value as Map<string, RuntimeValue>)];
      if (style.sort_keys) entries.sort(([a], [b]) => (a < b ? -1 : 1));
      const items = entries.map(
        ([key, item]) => quote(key, style) + colon + toPythonJson(item, style, depth + 1),
      );
      return surround('{', items, '}');
    }
    default:
      throw new Error(`${value.type} is not JSON serializable`);
  }
}

function quote(text: string, style: JsonStyle): string {
  const quoted = JSON.stringify(text);
  if (!style.ensure_ascii) return quoted;
  return quoted.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Python's `repr` of a float: an exponent of two digits outside 1e-4 … 1e16. */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
