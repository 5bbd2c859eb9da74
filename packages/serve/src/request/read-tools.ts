import { jsonSchema } from '@nexttoken/grammar';
import { type LogitsProcessor, NextTokenError } from '@nexttoken/model';
import { ApiError } from '../http/api-error';
import { Fields } from './fields';
import type { FormatContext } from './read-format';

/** Functions that an answer has to call one of. */
export interface ToolChoice {
  /** As the chat template takes them. */
  readonly tools: readonly unknown[];
  /** Leaves only `{ "name": …, "arguments": … }` of one of the functions. */
  grammar(context: FormatContext): LogitsProcessor;
}

interface FunctionTool {
  readonly name: string;
  readonly parameters: unknown;
}

const mostTools = 128;

function readTool(item: unknown, index: number): FunctionTool {
  const path = `tools[${index}].`;
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw new Fields({}, 'tools').wrong(`[${index}]`, 'an object { type: "function", function }');
  const fields = new Fields(item as Record<string, unknown>, path);
  if (fields.text('type') !== 'function') throw fields.wrong('type', '"function"');
  const given = fields.object('function');
  if (!given) throw fields.wrong('function', 'an object { name, parameters }');
  fields.end();
  const name = given.text('name');
  if (name === undefined || !/^[\w.-]{1,64}$/.test(name))
    throw given.wrong('name', '1 to 64 letters, digits, _, - and .');
  given.text('description');
  given.boolean('strict');
  const parameters = given.object('parameters')?.values ?? {
    type: 'object',
    properties: {},
    additionalProperties: false,
  };
  given.end();
  return { name, parameters };
}

/** The functions among which `tool_choice` leaves a choice; none: no function is called. */
function chosenTools(fields: Fields, tools: readonly FunctionTool[]): readonly FunctionTool[] {
  const choice = fields.raw('tool_choice') ?? (tools.length > 0 ? 'auto' : 'none');
  if (choice === 'none') return [];
  if (choice === 'required' && tools.length > 0) return tools;
  if (typeof choice === 'object' && !Array.isArray(choice)) {
    const named = fields.object('tool_choice')!;
    if (named.text('type') !== 'function') throw named.wrong('type', '"function"');
    const given = named.object('function');
    const name = given?.text('name');
    given?.end();
    named.end();
    const found = tools.filter((tool) => tool.name === name);
    if (found.length === 1) return found;
    throw fields.wrong('tool_choice', 'the name of one of the tools');
  }
  if (choice !== 'auto' || tools.length === 0)
    throw fields.wrong('tool_choice', '"none", "required" or { type: "function", function: { name } }');
  const message = 'tool_choice auto cannot be honoured: say "required", "none", or name a function';
  throw new ApiError(400, message, { param: 'tool_choice', code: 'unsupported_parameter' });
}

/**
 * `tools` and `tool_choice` of a chat. A call is forced by a grammar: the answer is one call, valid by the function's own
 * schema, or cut short. Whether to call at all is not left to the model (`auto`): templates differ in how they say it.
 * @throws ApiError 400 that names the field
 */
export function readTools(fields: Fields): ToolChoice | undefined {
  const list = fields.raw('tools') ?? [];
  if (!Array.isArray(list) || list.length > mostTools)
    throw fields.wrong('tools', `a list of at most ${mostTools} functions`);
  const tools = list.map(readTool);
  const chosen = chosenTools(fields, tools);
  fields.harmless('parallel_tool_calls', 'one function is called', true, false);
  if (chosen.length === 0) return undefined;
  const call = ({ name, parameters }: FunctionTool) => ({
    type: 'object',
    properties: { name: { const: name }, arguments: parameters },
    required: ['name', 'arguments'],
    additionalProperties: false,
  });
  return {
    tools: list,
    grammar(context) {
      try {
        return jsonSchema(chosen.length === 1 ? call(chosen[0]!) : { anyOf: chosen.map(call) }, context);
      } catch (error) {
        if (!NextTokenError.isInstance(error)) throw error;
        throw new ApiError(400, `tools: ${error.message}`, { param: 'tools', code: error.code });
      }
    },
  };
}
