import { Environment, Interpreter } from '@huggingface/jinja';
import { type JsonStyle, type RuntimeValue, toPythonJson } from './python-json';

type Statement = NonNullable<Parameters<Interpreter['evaluate']>[0]>;
type Value = ReturnType<Interpreter['evaluate']>;

/** The fields of syntax nodes that are read here. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly operator?: { readonly value: string };
  readonly left?: Statement;
  readonly right?: Statement;
  readonly operand?: Statement;
  readonly filter?: Node;
  readonly callee?: Node;
  readonly args?: readonly Node[];
  readonly key?: Node;
}

/** Where templates notice that Hugging Face runs them in Python, this interpreter does as Python does. */
export class PythonInterpreter extends Interpreter {
  /** Strings that went through `safe`: Python's `Markup`, which escapes what is added to it. */
  private readonly markup = new WeakSet<object>();

  override evaluate(statement: Statement | undefined, environment: Environment): Value {
    const node = statement as Node | undefined;
    if (node?.type === 'Evaluated') return node.value as Value;
    if (node?.type === 'BinaryExpression' && node.operator?.value === '+') return this.add(node, environment);
    if (node?.type === 'FilterExpression') {
      const filter = node.filter!;
      const name = filter.type === 'Identifier' ? filter.value : filter.callee?.value;
      if (name === 'tojson') {
        const value = this.evaluate(node.operand, environment);
        return text(toPythonJson(value as RuntimeValue, this.jsonStyle(filter.args ?? [], environment)));
      }
      if (name === 'safe') return this.mark(text(String(this.evaluate(node.operand, environment).value)));
    }
    return super.evaluate(statement, environment);
  }

  private add(node: Node, environment: Environment): Value {
    const left = this.evaluate(node.left, environment);
    const right = this.evaluate(node.right, environment);
    const [leftSafe, rightSafe] = [this.markup.has(left), this.markup.has(right)];
    if ((leftSafe || rightSafe) && left.type === 'StringValue' && right.type === 'StringValue') {
      const [before, after] = [String(left.value), String(right.value)];
      return this.mark(
        text((leftSafe ? before : escapeMarkup(before)) + (rightSafe ? after : escapeMarkup(after))),
      );
    }
    const evaluated = { ...node, left: wrap(left), right: wrap(right) };
    return super.evaluate(evaluated as unknown as Statement, environment);
  }

  private mark(value: Value): Value {
    this.markup.add(value);
    return value;
  }

  private jsonStyle(args: readonly Node[], environment: Environment): JsonStyle {
    const style: Record<string, unknown> = {};
    const positions = ['ensure_ascii', 'indent', 'separators', 'sort_keys'];
    args.forEach((argument, index) => {
      const keyword = argument.type === 'KeywordArgumentExpression';
      const name = keyword ? String(argument.key!.value) : positions[index]!;
      const value = this.evaluate((keyword ? argument.value : argument) as Statement, environment).value;
      style[name] = Array.isArray(value) ? value.map((item: RuntimeValue) => item.value) : value;
    });
    return style;
  }
}

function text(value: string): Value {
  return new Environment().set('text', value);
}

function wrap(value: Value): Node {
  return { type: 'Evaluated', value };
}

/** As Python's `markupsafe.escape`. */
function escapeMarkup(value: string): string {
  const codes: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', "'": '#39', '"': '#34' };
  return value.replace(/[&<>'"]/g, (character) => `&${codes[character]};`);
}
