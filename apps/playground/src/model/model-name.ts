/** The model that the address asks for (`#model=tales-chat`); default `tales`. */
export function modelName(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('model') ?? 'tales';
}
