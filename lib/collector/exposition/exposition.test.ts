import parsePrometheus from 'parse-prometheus-text-format';
import { describe, expect, it } from 'vitest';
import { partOf, snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { groupLag } from '../roll-up.ts';
import type { SampledSnapshot } from '../snapshot.ts';
import { expose, type Family, type Form, formOf } from './exposition.ts';
import { kafkaFamilies } from './kafka-families.ts';
import { ownFamilies } from './own-families.ts';
import { seriesFamilies } from './series-families.ts';

const written = async (families: Family[], form: Form = 'text'): Promise<string> => {
  let text = '';
  for await (const piece of expose(families, form)) text += piece;
  return text;
};

const picture = snapshotOfTopics([topicOf('orders', 2, [1, 2, 3], [1, 2]), topicOf('odd"\\\nname', 1)]);
// Topics are in the order of their names: the odd one first.
const ends = { offsets: BigInt64Array.from([30n, 9n, -1n]), errors: new Int16Array(3) };
const snapshot: SampledSnapshot = {
  ...picture,
  ends: partOf(ends),
  groupOffsets: partOf(
    new Map([['billing', groupLag(Int32Array.from([1, 2, 0]), BigInt64Array.from([4n, 5n, -1n]), ends, 2)]]),
  ),
};
const families = (of = snapshot) => kafkaFamilies([{ id: 'shop', snapshot: of }]);

describe('the exposition', () => {
  it('R30 is what a parser written by others reads, with the names that dashboards know', async () => {
    const read = parsePrometheus(await written(families()));
    const samplesOf = (name: string) => read.find((family) => family.name === name)?.metrics;
    expect(samplesOf('kafka_consumergroup_lag')).toEqual([
      {
        value: '5',
        labels: { cluster: 'shop', consumergroup: 'billing', topic: 'orders', partition: '0' },
      },
    ]);
    expect(samplesOf('kafka_consumergroup_lag_sum')).toEqual([
      { value: '5', labels: { cluster: 'shop', consumergroup: 'billing', topic: 'orders' } },
    ]);
    expect(samplesOf('kafka_topic_partition_current_offset')?.map(({ value }) => value)).toEqual(['30', '9']);
    expect(samplesOf('kafka_topic_partition_under_replicated_partition')).toHaveLength(3);
    expect(samplesOf('kafka_brokers')).toEqual([{ value: '3', labels: { cluster: 'shop' } }]);
  });

  it('P15 keeps quotes, backslashes and line ends inside of names', async () => {
    const text = await written(families());
    expect(text).toContain('topic="odd\\"\\\\\\nname"');
  });

  it('tells each family once, its samples together, and ends as the form wants', async () => {
    const two = kafkaFamilies([
      { id: 'a', snapshot },
      { id: 'b', snapshot },
    ]);
    for (const form of ['text', 'openmetrics'] as const) {
      const text = await written([...two, ...ownFamilies()], form);
      const types = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
      expect(new Set(types).size).toBe(types.length);
      expect(text.endsWith('# EOF\n')).toBe(form === 'openmetrics');
      expect(text).toContain(
        form === 'openmetrics' ? '# TYPE kafka_broker info' : '# TYPE kafka_broker_info gauge',
      );
      expect(text).toContain('\nprocess_cpu_seconds_total ');
      expect(text).toContain(`# TYPE process_cpu_seconds${form === 'openmetrics' ? '' : '_total'} counter`);
    }
  });

  it('leaves out what is unknown, and all of a cluster that does not answer', async () => {
    const problem = { code: 'kafka.timeout', status: 504, what: '', next: '' } as const;
    const silent = { ...snapshot, metadata: { ...snapshot.metadata, problem } };
    expect(await written(families(silent))).toBe('');
    const noEnds = await written(families({ ...snapshot, ends: { ...snapshot.ends, problem } }));
    expect(noEnds).not.toContain('kafka_consumergroup_lag');
    expect(noEnds).not.toContain('kafka_topic_partition_current_offset');
    expect(noEnds).toContain('kafka_topic_partition_leader');
    expect(noEnds).not.toContain('NaN');
  });

  it('has every kind of the catalogue that is not many, under a name of our own', async () => {
    const points = [
      { kind: 'group.lag-time' as const, name: 'billing', value: 1_500 },
      { kind: 'broker.up' as const, name: '3', value: 0 },
      { kind: 'partition.size' as const, name: 'orders/0', value: 7 },
    ];
    const text = await written(seriesFamilies([{ clusterId: 'shop', at: 0, points }]));
    expect(text).toContain('millrace_group_lag_time{cluster="shop",consumergroup="billing"} 1500\n');
    expect(text).toContain('millrace_broker_up{cluster="shop",broker="3"} 0\n');
    expect(text).not.toContain('partition_size');
  });

  it('is OpenMetrics for who reads it', () => {
    expect(formOf('application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2')).toBe('openmetrics');
    expect(formOf('text/plain')).toBe('text');
    expect(formOf(null)).toBe('text');
  });
});
