import type { OnnxAttribute, OnnxNode, OnnxTensor, OnnxValue } from '../proto/onnx-model';
import { TapSelection } from '../taps/tap-selection';
import { float32Encoding } from '../weights/encodings/float-encoding';
import type { WeightEncoding } from '../weights/encodings/weight-encoding';
import { partName, toPart, type WeightPart } from '../weights/weight-part';
import type { PlannedRegion, PlannedWeight } from '../weights/weight-plan';
import type { WeightSource } from '../weights/weight-source';

type AttributeValue = number | readonly number[] | { readonly float: number };

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  /** ONNX Runtime's own operators live in `com.microsoft`. */
  readonly domain?: string;
  /** How many outputs the node has (default 1), or their names; an empty name leaves an optional one out. */
  readonly outputs?: number | readonly string[];
}

function toAttribute(value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { kind: 'int', value };
  if ('float' in value) return { kind: 'float', value: value.float };
  return { kind: 'ints', value };
}

/** Collects nodes, constants and weights; every method returns the name of the value it made. */
export class GraphBuilder {
  readonly inputs: OnnxValue[] = [];
  readonly outputs: OnnxValue[] = [];
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #constants = new Map<string, string>();
  readonly #weights = new Map<string, PlannedWeight>();
  #count = 0;

  /**
   * @param weights the checkpoint's tensors, how they are stored, and their plan
   * @param operators whether ONNX Runtime's own operators may be used, or only those of the standard
   * @param taps which of the offered values come out
   */
  constructor(
    readonly weights: WeightSource,
    readonly location: string,
    readonly operators: 'onnxruntime' | 'standard' = 'onnxruntime',
    readonly taps: TapSelection = new TapSelection(),
  ) {}

  input(value: OnnxValue): string {
    this.inputs.push(value);
    return value.name;
  }

  /** Declares an output: a value that a node makes under this name. */
  output(value: OnnxValue): void {
    this.outputs.push(value);
  }

  /**
   * Offers a float32 value as a further output under TransformerLens's name for it, e.g. `blocks.3.hook_resid_post`.
   * Nothing happens unless the tap was asked for.
   * @param value the value, or what makes it where it exists for the tap alone
   * @param shape sizes, or names for those that are known only when the graph runs
   */
  tap(name: string, value: string | (() => string), shape: readonly (string | number)[]): void {
    if (!this.taps.offer(name)) return;
    const source = typeof value === 'string' ? value : value();
    this.node('Identity', [source], { outputs: [name] });
    this.output({ name, type: 'float32', shape });
  }

  /** Gives a value that a node makes another name. @returns the new name */
  rename(value: string, name: string): string {
    const renamed = (names: readonly string[]) => names.map((each) => (each === value ? name : each));
    this.nodes.forEach((node, index) => {
      if (node.inputs.includes(value) || node.outputs.includes(value))
        this.nodes[index] = { ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) };
    });
    return name;
  }

  node(operator: string, inputs: readonly string[], options: NodeOptions = {}): string {
    return this.nodeOutputs(operator, inputs, options)[0]!;
  }

  nodeOutputs(operator: string, inputs: readonly string[], options: NodeOptions = {}): string[] {
    const { attributes = {}, domain = '', outputs = 1 } = options;
    const name = `${operator}_${this.#count++}`;
    const names =
      typeof outputs === 'number'
        ? Array.from({ length: outputs }, (_, index) => (outputs > 1 ? `${name}.${index}` : name))
        : [...outputs];
    this.nodes.push({
      operator,
      domain,
      name,
      inputs,
      outputs: names,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [key, toAttribute(value)]),
      ),
    });
    return names;
  }

  /** A small int64 constant (shapes, split sizes); equal ones are shared. */
  int64(values: readonly number[]): string {
    const key = values.join(',');
    const known = this.#constants.get(key);
    if (known) return known;
    const name = `int64[${key}]`;
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.initializers.push({
      name,
      type: 'int64',
      shape: [values.length],
      content: { kind: 'inline', bytes },
    });
    this.#constants.set(key, name);
    return name;
  }

  /** A small float32 constant kept in the graph itself; one name is one constant. */
  float32(name: string, values: Float32Array, shape: readonly number[]): string {
    if (this.#constants.has(name)) return name;
    this.#constants.set(name, name);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.initializers.push({ name, type: 'float32', shape, content: { kind: 'inline', bytes } });
    return name;
  }

  /** A float32 weight in the external file: checkpoint tensors, or rows of them, joined along their rows. */
  weight(name: string, parts: readonly (string | WeightPart)[], shape: readonly number[]): string {
    return this.encoded(parts, () => float32Encoding(shape), name)[0]!;
  }

  /**
   * A weight in the external file, in any encoding. The same parts in the same encoding are stored once.
   * @param name default: what the parts are called, joined
   * @returns names of the encoding's arrays
   */
  encoded(
    parts: readonly (string | WeightPart)[],
    encoding: () => WeightEncoding,
    name: string = parts.map((part) => partName(toPart(part))).join('|'),
  ): string[] {
    const planned = this.#weights.get(name) ?? this.weights.plan.add(name, parts.map(toPart), encoding());
    if (!this.#weights.has(name))
      for (const region of planned.regions) this.#external(`${name}${region.suffix}`, region, region.shape);
    this.#weights.set(name, planned);
    return planned.regions.map(({ suffix }) => `${name}${suffix}`);
  }

  /** The same bytes as an array of {@link encoded} under another shape. @returns its name */
  reshaped(array: string, shape: readonly number[]): string {
    const name = `${array}[${shape.join(',')}]`;
    if (this.#constants.has(name)) return name;
    this.#constants.set(name, name);
    const region = [...this.#weights.values()]
      .flatMap((weight) => weight.regions.map((each) => ({ array: `${weight.name}${each.suffix}`, each })))
      .find((entry) => entry.array === array)!.each;
    this.#external(name, region, shape);
    return name;
  }

  /** Constants and weights that some node reads: an array that is used in another shape only is not one of them. */
  get usedInitializers(): readonly OnnxTensor[] {
    const read = new Set(this.nodes.flatMap(({ inputs }) => inputs));
    return this.initializers.filter(({ name }) => read.has(name));
  }

  /** A value that several users of the graph need, made once. */
  shared(key: string, make: () => string): string {
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.#constants.set(key, value);
    return value;
  }

  #external(name: string, { type, offset, byteLength }: PlannedRegion, shape: readonly number[]): void {
    const content = { kind: 'external', location: this.location, offset, length: byteLength } as const;
    this.initializers.push({ name, type, shape, content });
  }
}
