/** A piece of JSON text with what it is: key, string, number, literal word, punctuation, or plain text. The pieces joined are the text. */
export type JsonPiece = { kind: 'k' | 's' | 'n' | 'w' | 'p' | 't'; text: string };

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]|\s+|[\s\S]/g;

/**
 * Cuts JSON text into coloured pieces without making values of it, so that every digit stays. Text that is no JSON comes back whole in pieces too.
 */
export function highlightJson(text: string): JsonPiece[] {
  const pieces: JsonPiece[] = [];
  const matches = text.match(token) ?? [];
  matches.forEach((part, index) => {
    const first = part[0] ?? '';
    let kind: JsonPiece['kind'] = 'p';
    if (first === '"') {
      let next = index + 1;
      while (/^\s+$/.test(matches[next] ?? '')) next += 1;
      kind = matches[next] === ':' ? 'k' : 's';
    } else if (/^-?\d/.test(part)) kind = 'n';
    else if (part === 'true' || part === 'false' || part === 'null') kind = 'w';
    const last = pieces.at(-1);
    if (last && last.kind === kind && kind === 'p') last.text += part;
    else pieces.push({ kind, text: part });
  });
  return pieces;
}
