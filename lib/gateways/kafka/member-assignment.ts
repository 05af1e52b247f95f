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

/**
 * What a worker of Kafka Connect runs (ConnectProtocol of KIP-415): connectors with their tasks, -1 for the connector
 * itself. Null when it cannot be read.
 */
export function workerAssignment(bytes: Buffer): { connector: string; tasks: number[] }[] | null {
  // A worker without an assignment has none at all.
  if (bytes.length === 0) return [];
  try {
    const reader = new FlatReader(bytes);
    // Version, error, then the leader with its address and the config offset.
    reader.skip(4);
    reader.skipString(false);
    reader.skipString(false);
    reader.skip(8);
    const connectors: { connector: string; tasks: number[] }[] = [];
    for (let left = reader.count(false, 6); left > 0; left -= 1) {
      const connector = reader.string(false) ?? '';
      const tasks: number[] = [];
      for (let rest = reader.count(false, 4); rest > 0; rest -= 1) tasks.push(reader.int32());
      connectors.push({ connector, tasks: tasks.sort((a, b) => a - b) });
    }
    return connectors.sort((a, b) => (a.connector < b.connector ? -1 : 1));
  } catch {
    return null;
  }
}
