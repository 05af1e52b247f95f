import type { RecordView } from '#lib/scan/filter/record-view.ts';
import type { DataValue } from '#lib/serde/decode-plan.ts';

/** A record as a filter sees it, with a decoded value. */
export function recordView(value: DataValue, given: Partial<RecordView> = {}): RecordView {
  return {
    topic: 'orders',
    partition: 1,
    offset: 42n,
    timestamp: 1_763_720_000_000n,
    size: 100,
    keyBytes: null,
    valueBytes: null,
    key: () => ({ value: 'k1' }),
    value: () => ({ value }),
    headers: () => ({ trace: 'abc' }),
    ...given,
  };
}
