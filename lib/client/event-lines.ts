/** One server-sent event: its name and its data as text. */
export type ServerEvent = { event: string; data: string };

/** Cuts the text of a stream of server-sent events into events, however its pieces are cut. Comments are left out. */
export class EventLines {
  #rest = '';
  #event = '';
  #data: string[] = [];

  /** The events that this piece of text completes. */
  push(text: string): ServerEvent[] {
    const done: ServerEvent[] = [];
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') {
        if (this.#data.length > 0)
          done.push({ event: this.#event || 'message', data: this.#data.join('\n') });
        this.#event = '';
        this.#data = [];
        continue;
      }
      const colon = line.indexOf(':');
      if (colon === 0) continue;
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
      if (name === 'event') this.#event = value;
      if (name === 'data') this.#data.push(value);
    }
    return done;
  }
}
