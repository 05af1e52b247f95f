import { z } from 'zod';
import { TopicName } from './ids.ts';
import { MessageOffset } from './message-place.ts';

/** One position that a file names. */
export type FilePosition = { topic: string; partition: number; offset: string };

export type PositionFile =
  | { ok: true; positions: FilePosition[] }
  /** What is wrong with it, with the line, as a sentence. */
  | { ok: false; problem: string };

const JsonPosition = z.object({
  topic: TopicName,
  partition: z.number().int().min(0).max(2_147_483_647),
  offset: z.union([MessageOffset, z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).transform(String)]),
});
const JsonPositions = z.union([
  z.array(JsonPosition),
  z.object({ partitions: z.array(JsonPosition) }).transform(({ partitions }) => partitions),
]);

/**
 * Reads positions from a file: CSV `topic,partition,offset` as Kafka's consumer-groups tool exports it, with `group` as first
 * column where it exported several groups (lines of others are passed over), or JSON: an array of objects with `topic`,
 * `partition` and `offset`, or the same under `partitions`. A partition may be named once.
 */
export function readPositionFile(text: string, groupId: string): PositionFile {
  const body = text.replace(/^\ufeff/, '').trim();
  const read = /^[[{]/.test(body) ? readJson(body) : readCsv(body, groupId);
  if (!read.ok) return read;
  if (read.positions.length === 0) {
    return { ok: false, problem: 'The file names no position of this group.' };
  }
  const seen = new Set<string>();
  for (const { topic, partition } of read.positions) {
    const key = `${topic}/${partition}`;
    if (seen.has(key)) return { ok: false, problem: `The file names ${topic} partition ${partition} twice.` };
    seen.add(key);
  }
  return read;
}

function readJson(text: string): PositionFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'The file begins like JSON and is none.' };
  }
  const parsed = JsonPositions.safeParse(value);
  if (parsed.success) return { ok: true, positions: parsed.data };
  return {
    ok: false,
    problem:
      'Write each position with a topic, a partition and an offset from 0, such as {"topic": "orders", "partition": 0, "offset": "120"}.',
  };
}

function readCsv(text: string, groupId: string): PositionFile {
  const positions: FilePosition[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const cells = cellsOf(line);
    if (index === 0 && cells.at(-1)?.toLowerCase() === 'offset') continue;
    const wrong = (what: string): PositionFile => ({ ok: false, problem: `Line ${index + 1}: ${what}` });
    if (cells.length !== 3 && cells.length !== 4) return wrong('write topic,partition,offset.');
    const [topic = '', partition = '', offset = ''] = cells.slice(-3);
    if (cells.length === 4 && cells[0] !== groupId) continue;
    if (!TopicName.safeParse(topic).success) return wrong('a topic name is missing or too long.');
    if (!/^\d{1,9}$/.test(partition)) return wrong(`${partition || 'nothing'} is no partition.`);
    if (!MessageOffset.safeParse(offset).success) return wrong(`${offset || 'nothing'} is no offset.`);
    positions.push({ topic, partition: Number(partition), offset });
  }
  return { ok: true, positions };
}

/** Cells of one line; a cell in quotes may hold commas, and a quote doubled. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '').trim() : quoted.replaceAll('""', '"'),
  );
