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

type Running = Map<string, Set<number>>;

/**
 * What a worker of Kafka Connect runs: connectors with their tasks, -1 for the connector itself. An assignment tells only
 * what is new and what is taken away (KIP-415); what the worker had before stands in its metadata. Null when they cannot be
 * read.
 */
export function workerAssignment(
  assignment: Buffer,
  metadata: Buffer,
): { connector: string; tasks: number[] }[] | null {
  try {
    const { assigned, revoked } = allocation(assignment);
    const runs = heldBefore(metadata);
    for (const [connector, tasks] of revoked) for (const task of tasks) runs.get(connector)?.delete(task);
    for (const [connector, tasks] of assigned)
      runs.set(connector, new Set([...(runs.get(connector) ?? []), ...tasks]));
    return [...runs]
      .filter(([, tasks]) => tasks.size > 0)
      .map(([connector, tasks]) => ({ connector, tasks: [...tasks].sort((a, b) => a - b) }))
      .sort((a, b) => (a.connector < b.connector ? -1 : 1));
  } catch {
    return null;
  }
}

function allocation(bytes: Buffer): { assigned: Running; revoked: Running } {
  // A worker without an assignment has no bytes at all.
  if (bytes.length === 0) return { assigned: new Map(), revoked: new Map() };
  const reader = new FlatReader(bytes);
  const version = reader.int16();
  // An error, then the leader with its address and the config offset.
  reader.skip(2);
  reader.skipString(false);
  reader.skipString(false);
  reader.skip(8);
  const assigned = running(reader);
  return { assigned, revoked: version >= 1 ? running(reader) : new Map() };
}

function running(reader: FlatReader): Running {
  const runs: Running = new Map();
  for (let left = reader.count(false, 6); left > 0; left -= 1) {
    const connector = reader.string(false) ?? '';
    const tasks = new Set<number>();
    for (let rest = reader.count(false, 4); rest > 0; rest -= 1) tasks.add(reader.int32());
    runs.set(connector, tasks);
  }
  return runs;
}

/** Of the metadata with which the worker joined: its address, its config offset, what it ran. */
function heldBefore(bytes: Buffer): Running {
  if (bytes.length === 0) return new Map();
  const reader = new FlatReader(bytes);
  const version = reader.int16();
  if (version < 1) return new Map();
  reader.skipString(false);
  reader.skip(8);
  return allocation(reader.bytes(false) ?? Buffer.alloc(0)).assigned;
}
