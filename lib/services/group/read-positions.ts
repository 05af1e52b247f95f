import { parse } from 'yaml';
import { type PositionFile, readPositionFile } from '#lib/model/position-file.ts';

/** The YAML that a plan shows begins with one of these. */
const yamlHead = /^(---\s*\n)?\s*(#.*\n\s*)*(cluster|group|offsets):/;

/** Positions of a file in any of the forms that are taken: CSV and JSON as `readPositionFile` has them, or a plan's own YAML. */
export function readPositions(text: string, groupId: string): PositionFile {
  if (!yamlHead.test(text)) return readPositionFile(text, groupId);
  let value: unknown;
  try {
    value = parse(text, { intAsBigInt: true, maxAliasCount: 0 });
  } catch {
    return { ok: false, problem: 'The file begins like YAML and is none.' };
  }
  const offsets = (value as { offsets?: unknown } | null)?.offsets;
  if (!Array.isArray(offsets))
    return { ok: false, problem: 'Write positions under offsets:, each with topic, partition and offset.' };
  const rows = offsets.map((row: { topic?: unknown; partition?: unknown; offset?: unknown } | null) => ({
    topic: row?.topic,
    partition: Number(row?.partition),
    offset: row?.offset === undefined || row.offset === null ? null : String(row.offset),
  }));
  const missing = rows.find(({ offset }) => offset === null);
  if (missing)
    return { ok: false, problem: `${missing.topic} partition ${missing.partition} has no offset to go to.` };
  return readPositionFile(JSON.stringify(rows), groupId);
}
