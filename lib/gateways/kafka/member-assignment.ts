import { FlatReader } from './wire/flat-reader.ts';

export type Assigned = { topic: string; partitions: number[] };

/**
 * The assignment of a member of a classic consumer group (ConsumerProtocolAssignment). It is written by the clients
 * themselves: one that cannot be read is shown as none, and hurts nobody else.
 */
export function memberAssignment(bytes: Buffer): Assigned[] {
  if (bytes.length < 6) return [];
  try {
    const reader = new FlatReader(bytes);
    reader.skip(2);
    const assigned: Assigned[] = [];
    for (let topics = reader.count(false, 6); topics > 0; topics -= 1) {
      const topic = reader.string(false) ?? '';
      const partitions: number[] = [];
      for (let left = reader.count(false, 4); left > 0; left -= 1) partitions.push(reader.int32());
      assigned.push({ topic, partitions: partitions.sort((a, b) => a - b) });
    }
    return assigned.sort((a, b) => (a.topic < b.topic ? -1 : 1));
  } catch {
    return [];
  }
}
