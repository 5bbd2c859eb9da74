import { modelName } from './model-name';

const key = 'nexttoken.prompt';

/** Starts the page anew with another model and the same prompt. */
export function switchModel(name: string, prompt: string): void {
  sessionStorage.setItem(key, prompt);
  if (modelName(location.hash) === name) location.reload();
  else location.hash = `model=${encodeURIComponent(name).replaceAll('%2F', '/')}`;
}

/** The prompt that a switch left for this page. */
export function takePrompt(): string | undefined {
  const prompt = sessionStorage.getItem(key) ?? undefined;
  sessionStorage.removeItem(key);
  return prompt;
}
