import type { FilterField } from '#lib/model/filter-check.ts';
import type { LogSource } from '#lib/model/log-source.ts';
import type { Decoding } from './decoding.ts';
import type { ScanPool } from './pool.ts';
import { MAX_INFLATED_BYTES } from './record-batch.ts';
import type { RecordFields } from './record-fields.ts';
import { renderPicked } from './render-rows.ts';
import { search } from './search.ts';

/** What the newest records of a topic show of its fields. */
export interface SampledFields {
  records: number;
  /** Whether a schema said of some of them that they can be. */
  hasSchema: boolean;
  fields: FilterField[];
}

const SAMPLED_RECORDS = 50;
const MAX_FIELDS = 500;

/** @throws AppError as `search` does */
export async function sampleFields(
  source: LogSource,
  pool: ScanPool,
  options: { decoding: Decoding; signal?: AbortSignal | undefined },
): Promise<SampledFields> {
  const owner = {};
  const request = {
    range: { order: 'newest' as const, from: null, to: null },
    partitions: null,
    isolation: 'read_committed' as const,
    filter: {},
    maxRows: SAMPLED_RECORDS,
  };
  const records: RecordFields[] = [];
  const events = search<RecordFields>(
    source,
    pool,
    {
      ...request,
      render: (picked, runner) =>
        renderPicked<RecordFields>(picked, {
          make: (bytes, partition, offsets) => {
            const task = {
              kind: 'fields' as const,
              ...{ partition, offsets, plan: runner.plan, maxInflatedBytes: MAX_INFLATED_BYTES },
            };
            return runner.run(pool, bytes, task, (last) => ({ ...last, isFinal: true }), { owner });
          },
          broken: (_, offset) => ({ offset: String(offset), seen: [], known: [] }),
        }),
    },
    options,
  );
  for await (const event of events) if (event.type === 'rows') records.push(...event.rows);
  return {
    records: records.length,
    hasSchema: records.some(({ known }) => known.length > 0),
    fields: merged(records),
  };
}

/** One line per path, in the order of records and schemas; a field that is sometimes null is what it is otherwise. */
export function merged(records: readonly Pick<RecordFields, 'seen' | 'known'>[]): FilterField[] {
  const fields = new Map<string, FilterField>();
  const known = new Map(records.flatMap((record) => record.known).map((field) => [field.path, field]));
  for (const { path, type, sample } of [...records.flatMap(({ seen }) => seen), ...known.values()]) {
    const before = fields.get(path);
    if (!before) {
      fields.set(path, { path, type: known.get(path)?.type ?? type, sample });
      continue;
    }
    before.sample ??= sample;
    if (!known.has(path)) before.type = joined(before.type, type);
  }
  return [...fields.values()].slice(0, MAX_FIELDS);
}

function joined(one: string, other: string): string {
  if (one === other || other === 'null') return one;
  if (one === 'null' || (one === 'list' && other.startsWith('list of '))) return other;
  if (other === 'list' && one.startsWith('list of ')) return one;
  const isNumber = (type: string) => type === 'int' || type === 'double';
  return isNumber(one) && isNumber(other) ? 'double' : 'any';
}
