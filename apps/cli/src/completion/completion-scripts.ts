// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the shells

/** What a shell completes: commands, and of each its flags (with what takes a value) and first words. */
export interface CompletionTable {
  readonly name: string;
  readonly summary: string;
  readonly words: readonly string[];
  readonly flags: readonly { readonly name: string; readonly value: boolean; readonly help: string }[];
}

const single = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** For bash: `source <(nexttoken completion bash)`. */
export function bashCompletion(commands: readonly CompletionTable[]): string {
  const cases = commands.map(({ name, words, flags }) => {
    const all = [...words, ...flags.map((flag) => `--${flag.name}`)].join(' ');
    return `    ${name}) words=${single(all)} ;;`;
  });
  return [
    '_nexttoken() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W ${single(commands.map(({ name }) => name).join(' '))} -- "$current"))`,
    '    return',
    '  fi',
    '  case "${COMP_WORDS[1]}" in',
    ...cases,
    '    *) words= ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi',
    '}',
    'complete -o filenames -F _nexttoken nexttoken',
    '',
  ].join('\n');
}

const zshText = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&');

/** For zsh: `nexttoken completion zsh > "$fpath[1]/_nexttoken"`. */
export function zshCompletion(commands: readonly CompletionTable[]): string {
  const list = commands.map(({ name, summary }) => `    ${single(`${name}:${zshText(summary)}`)}`);
  const cases = commands.map(({ name, words, flags }) => {
    const specs = flags.map((flag) =>
      single(`--${flag.name}[${zshText(flag.help)}]${flag.value ? ':value:_files' : ''}`),
    );
    const first = words.length > 0 ? single(`1:what:(${words.join(' ')})`) : single('*:file:_files');
    return `    ${name}) _arguments ${[...specs, first].join(' ')} ;;`;
  });
  return [
    '#compdef nexttoken',
    '_nexttoken() {',
    '  local -a commands',
    '  commands=(',
    ...list,
    '  )',
    '  if (( CURRENT == 2 )); then',
    '    _describe command commands',
    '    return',
    '  fi',
    '  local command="${words[2]}"',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case "$command" in',
    ...cases,
    '  esac',
    '}',
    '# Loaded as a function of its name it is called; read as a file it is registered.',
    'if [ "$funcstack[1]" = "_nexttoken" ]; then _nexttoken "$@"; else compdef _nexttoken nexttoken; fi',
    '',
  ].join('\n');
}

const fishText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** For fish: `nexttoken completion fish > ~/.config/fish/completions/nexttoken.fish`. */
export function fishCompletion(commands: readonly CompletionTable[]): string {
  const lines = commands.flatMap(({ name, summary, words, flags }) => {
    const used = fishText(`__fish_seen_subcommand_from ${name}`);
    return [
      `complete -c nexttoken -n __fish_use_subcommand -f -a ${name} -d ${fishText(summary)}`,
      ...words.map((word) => `complete -c nexttoken -n ${used} -f -a ${word}`),
      ...flags.map(
        (flag) =>
          `complete -c nexttoken -n ${used} -l ${flag.name}${flag.value ? ' -r' : ''} -d ${fishText(flag.help)}`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}
