import type { LogDir, MetadataColumns, ReplicaSizeColumns } from '#lib/model/columns.ts';
import type { CallOptions, Failure, KafkaClient } from './client.ts';
import { asAppError } from './list-offsets.ts';
import { partitionRow, rowsByName } from './read-metadata.ts';
import { itemError } from './translate.ts';
import { body, rawApi } from './wire/api.ts';
import { FlatReader } from './wire/flat-reader.ts';
import { FlatWriter } from './wire/flat-writer.ts';
import { Pacer } from './wire/pacer.ts';

/** DescribeLogDirs 1–4; 4 tells the size of the volume (KIP-827). */
const describeLogDirsApi = rawApi(35, 'DescribeLogDirs', { min: 1, max: 4, flexible: 2 });

/**
 * The size of every replica, asked of each broker that is alive. A broker that does not answer leaves NaN in its
 * own replicas and is named in `failures`. A replica on its way to another directory counts where it is now.
 */
export async function readReplicaSizes(
  client: KafkaClient,
  metadata: MetadataColumns,
  options: CallOptions = {},
): Promise<{ columns: ReplicaSizeColumns; failures: Failure[] }> {
  const columns: ReplicaSizeColumns = {
    sizeBytes: new Float64Array(metadata.replicas.length).fill(Number.NaN),
    logDirIndex: new Int16Array(metadata.replicas.length).fill(-1),
    logDirs: [],
  };
  const failures: Failure[] = [];
  await Promise.all(
    metadata.brokers.map(async ({ id: broker }) => {
      try {
        const { value, version } = await client.call(
          describeLogDirsApi,
          body(encodeAll),
          { broker },
          options,
        );
        await decodeLogDirs(value, version, broker, metadata, columns);
      } catch (error) {
        options.signal?.throwIfAborted();
        failures.push({ broker, error: asAppError(error) });
      }
    }),
  );
  return { columns, failures };
}

const encodeAll = (version: number): Buffer =>
  new FlatWriter(8)
    .count(-1, version >= 2)
    .tags(version >= 2)
    .done();

/** Adds one broker's answer to the columns. */
export async function decodeLogDirs(
  bytes: Buffer,
  version: number,
  broker: number,
  metadata: MetadataColumns,
  columns: ReplicaSizeColumns,
): Promise<void> {
  const flexible = version >= 2;
  const rows = rowsByName(metadata.names);
  const reader = new FlatReader(bytes);
  const pacer = new Pacer();
  reader.skip(4);
  const errorCode = version >= 3 ? reader.int16() : 0;
  if (errorCode !== 0) throw itemError(errorCode, null, { operation: 'describe log dirs' });
  for (let dirs = reader.count(flexible, 8); dirs > 0; dirs -= 1) {
    const dir: LogDir = { broker, errorCode: reader.int16(), path: '', totalBytes: null, freeBytes: null };
    dir.path = reader.string(flexible) ?? '';
    const index = columns.logDirs.push(dir) - 1;
    for (let topics = reader.count(flexible, 4); topics > 0; topics -= 1) {
      const topic = rows.get(reader.string(flexible) ?? '');
      for (let left = reader.count(flexible, 21); left > 0; left -= 1) {
        const partition = reader.int32();
        const sizeBytes = reader.int64AsNumber();
        reader.skip(8);
        const isFuture = reader.bool();
        reader.tags(flexible);
        if (topic === undefined || isFuture) continue;
        const r = replicaOn(metadata, partitionRow(metadata, topic, partition), broker);
        if (r < 0) continue;
        columns.sizeBytes[r] = sizeBytes;
        columns.logDirIndex[r] = index;
      }
      reader.tags(flexible);
      if (pacer.due()) await pacer.turn();
    }
    if (version >= 4) {
      dir.totalBytes = known(reader.int64AsNumber());
      dir.freeBytes = known(reader.int64AsNumber());
    }
    reader.tags(flexible);
  }
}

const known = (bytes: number): number | null => (bytes < 0 ? null : bytes);

function replicaOn(metadata: MetadataColumns, row: number, broker: number): number {
  if (row < 0) return -1;
  const to = metadata.replicaStart[row + 1] as number;
  for (let r = metadata.replicaStart[row] as number; r < to; r += 1)
    if (metadata.replicas[r] === broker) return r;
  return -1;
}
