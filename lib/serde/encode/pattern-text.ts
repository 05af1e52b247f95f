const maxLength = 200;

/**
 * A text that matches a simple regular expression: literals, classes, groups, the first of alternatives, repeats at their least. Null
 * for what it does not understand.
 */
export function textOfPattern(pattern: string): string | null {
  try {
    const reader = new PatternReader(pattern);
    const text = reader.alternatives();
    if (!reader.isAtEnd || text.length > maxLength) return null;
    // Whether it really matches is tried on this short text only, whatever the expression costs on long ones.
    return text;
  } catch {
    return null;
  }
}

class PatternReader {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  alternatives(): string {
    const first = this.sequence();
    while (this.source[this.at] === '|') {
      this.at += 1;
      this.sequence();
    }
    return first;
  }

  private sequence(): string {
    let text = '';
    while (!this.isAtEnd && !'|)'.includes(this.source[this.at] ?? '')) {
      const part = this.atom();
      text += part.repeat(this.times());
      if (text.length > maxLength) throw new RangeError('too long');
    }
    return text;
  }

  private atom(): string {
    const char = this.source[this.at++] ?? '';
    switch (char) {
      case '^':
      case '$':
        return '';
      case '.':
        return 'a';
      case '(': {
        if (this.source.startsWith('?:', this.at)) this.at += 2;
        else if (this.source[this.at] === '?') throw new SyntaxError('look around');
        const inner = this.alternatives();
        if (this.source[this.at++] !== ')') throw new SyntaxError('group');
        return inner;
      }
      case '[':
        return this.set();
      case '\\':
        return this.escaped();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new SyntaxError('repeat of nothing');
      default:
        return char;
    }
  }

  private escaped(): string {
    const char = this.source[this.at++] ?? '';
    const known: Record<string, string> = {
      d: '1',
      w: 'a',
      s: ' ',
      D: 'a',
      W: '-',
      S: 'a',
      b: '',
      n: '\n',
      t: '\t',
    };
    if (Object.hasOwn(known, char)) return known[char] ?? '';
    if (/[A-Za-z0-9]/.test(char)) throw new SyntaxError('escape');
    return char;
  }

  private set(): string {
    if (this.source[this.at] === '^') throw new SyntaxError('not one of');
    const char = this.source[this.at++] ?? '';
    const first = char === '\\' ? this.escaped() : char;
    const end = this.source.indexOf(']', this.at);
    if (end < 0) throw new SyntaxError('set');
    this.at = end + 1;
    return first;
  }

  private times(): number {
    const match = /^(?:[*?]|\+|\{(\d{1,4})(?:,\d*)?\})[?+]?/.exec(this.source.slice(this.at));
    if (!match) return 1;
    this.at += match[0].length;
    if (match[1] !== undefined) return Number(match[1]);
    return match[0].startsWith('+') ? 1 : 0;
  }
}
