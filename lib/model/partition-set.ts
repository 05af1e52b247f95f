/** Most partitions that can be named one by one; without any, all of a topic are meant. */
const MAX_NAMED = 10_000;
const MAX_PARTITION = 2_147_483_647;

/** `0-3,7` as numbers in ascending order, each once; null when the text is no such set. */
export function parsePartitions(text: string): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,10})\s*(?:[-–]\s*(\d{1,10})\s*)?$/.exec(part);
    if (!match) return null;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (to < from || to > MAX_PARTITION || to - from >= MAX_NAMED) return null;
    for (let partition = from; partition <= to; partition++) found.add(partition);
    if (found.size > MAX_NAMED) return null;
  }
  return [...found].sort((a, b) => a - b);
}

/** Numbers as `0-3,7`, runs of three or more drawn together. `dash` and `comma` for the eye: `0–3, 7`. */
export function formatPartitions(partitions: readonly number[], dash = '-', comma = ','): string {
  const sorted = [...partitions].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    const first = sorted[at] as number;
    let last = at;
    while (sorted[last + 1] === (sorted[last] as number) + 1) last++;
    if (last - at >= 2) parts.push(`${first}${dash}${sorted[last]}`);
    else for (let one = at; one <= last; one++) parts.push(String(sorted[one]));
    at = last + 1;
  }
  return parts.join(comma);
}
