import type { OnnxAttribute, OnnxNode, OnnxTensor, OnnxValue } from '../proto/onnx-model';
import type { WeightPlan } from '../weights/weight-plan';

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
  #count = 0;

  /** @param operators whether ONNX Runtime's own operators may be used, or only those of the standard */
  constructor(
    readonly plan: WeightPlan,
    readonly location: string,
    readonly operators: 'onnxruntime' | 'standard' = 'onnxruntime',
  ) {}

  input(value: OnnxValue): string {
    this.inputs.push(value);
    return value.name;
  }

  /** Declares an output: a value that a node makes under this name. */
  output(value: OnnxValue): void {
    this.outputs.push(value);
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

  /** A weight in the external file: checkpoint tensors, joined along their rows. */
  weight(name: string, parts: readonly string[], shape: readonly number[]): string {
    const { offset, byteLength } = this.plan.add(name, parts, shape);
    const content = { kind: 'external', location: this.location, offset, length: byteLength } as const;
    this.initializers.push({ name, type: 'float32', shape, content });
    return name;
  }
}
