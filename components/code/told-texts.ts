/**
 * What an editor told the outside, in its order. The outside gives each text back later, when the editor may be further already: such
 * an echo must not overwrite what was written since.
 */
export class ToldTexts {
  #waiting: string[] = [];

  tell(text: string): void {
    this.#waiting.push(text);
  }

  /** Whether `text` is only what the editor itself told; what came before it is answered then too. */
  isEcho(text: string): boolean {
    const at = this.#waiting.lastIndexOf(text);
    this.#waiting = at < 0 ? [] : this.#waiting.slice(at + 1);
    return at >= 0;
  }
}
