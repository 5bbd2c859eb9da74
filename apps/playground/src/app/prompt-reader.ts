/** The prompt as it was typed last; it is read while the one before is still shown. */
export class PromptReader {
  #reading: Promise<void> | undefined;

  constructor(public text: string) {}

  get isBusy(): boolean {
    return this.#reading !== undefined;
  }

  /** What is being read; nothing is another text's answer that came late. */
  get settled(): Promise<void> {
    return this.#reading ?? Promise.resolve();
  }

  /** @param read is told whether the text is still the wanted one; it never fails */
  read(text: string, read: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    this.text = text;
    const reading = read(() => this.text === text).finally(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    this.#reading = reading;
    return reading;
  }
}
