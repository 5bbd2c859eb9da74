/** The grammars of `@nexttoken/grammar` by their types in a trace, as people write them. */
export const constraintLabels: Readonly<Record<string, string>> = {
  jsonSchema: 'JSON schema',
  json: 'JSON',
  regex: 'regex',
  choice: 'choice',
  grammar: 'grammar',
  structuralTags: 'tags',
};
