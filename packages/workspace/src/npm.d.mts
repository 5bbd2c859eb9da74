/** Runs npm in a folder. @returns what it printed */
export function npm(args: readonly string[], folder?: string): Promise<string>;
