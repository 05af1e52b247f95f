import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ClusterConnection } from '#lib/model/cluster.ts';
import type { ResetTarget } from '#lib/model/offset-reset.ts';
import { readPositionFile } from '#lib/model/position-file.ts';
import { type ResetToDescribe, sameForgetting, sameReset } from './same-change.ts';

const connection = (more: object = {}): ClusterConnection =>
  ({
    bootstrap: [
      { host: 'kafka-1', port: 9092 },
      { host: 'kafka-2', port: 9092 },
    ],
    tls: { enabled: false },
    sasl: { mechanism: 'none' },
    ...more,
  }) as ClusterConnection;
const cluster = { id: 'eu-1', connection: connection() };
const moves = [
  { topic: 'orders', partition: 1, to: '5' },
  { topic: 'orders', partition: 0, to: null },
];
const reset = (more: Partial<ResetToDescribe>): ResetToDescribe => ({
  ...{ groupId: 'billing', type: 'classic', topics: null, target: { kind: 'start' }, timeMs: null, moves },
  ...more,
});
const line = (target: ResetTarget, more: Partial<ResetToDescribe> = {}) =>
  sameReset(cluster, reset({ target, ...more })).commandLine;
const head =
  'kafka-consumer-groups --bootstrap-server kafka-1:9092,kafka-2:9092 --group billing --reset-offsets';

describe('the same change by Kafka’s own tool', () => {
  it.each<[ResetTarget, number | null, string]>([
    [{ kind: 'start' }, null, '--to-earliest'],
    [{ kind: 'end' }, null, '--to-latest'],
    [{ kind: 'offset', offset: '12' }, null, '--to-offset 12'],
    [{ kind: 'shift', by: '+7' }, null, '--shift-by 7'],
    [{ kind: 'shift', by: '-7' }, null, '--shift-by -7'],
    [{ kind: 'ago', ms: 1 }, 1_795_226_400_000, '--to-datetime 2026-11-21T02:00:00.000Z'],
  ])('%j', (target, timeMs, option) => {
    expect(line(target, { timeMs })).toBe(`${head} --all-topics ${option} --execute`);
  });

  it('names topics and partitions, in words of a shell', () => {
    const topics = [
      { topic: 'orders', partitions: [0, 3] },
      { topic: 'all of it', partitions: null },
    ];
    expect(line({ kind: 'end' }, { topics })).toContain(
      " --topic orders:0,3 --topic 'all of it' --to-latest",
    );
    expect(line({ kind: 'end' }, { groupId: "it's; rm" })).toContain(` --group 'it'\\''s; rm' `);
  });

  it('takes planned positions from a file where there is no option', () => {
    const same = sameReset(cluster, reset({ target: { kind: 'group', groupId: 'other' } }));
    expect(same.commandLine).toBe(`${head} --from-file positions.csv --execute`);
    expect(same.file).toEqual({ name: 'positions.csv', text: 'orders,1,5\n' });
  });

  it('is another tool for each kind of group, and says what that cannot do', () => {
    expect(line({ kind: 'start' }, { type: 'share' })).toContain('kafka-share-groups ');
    expect(line({ kind: 'shift', by: '1' }, { type: 'share' })).toBe(
      '# kafka-share-groups knows the start, the end and a time only',
    );
    expect(line({ kind: 'start' }, { type: 'streams' })).toMatch(
      /^kafka-streams-groups .* --all-input-topics /,
    );
    const toolOf = (type: ResetToDescribe['type']) => [
      sameReset(cluster, reset({ type })).tool,
      sameForgetting(cluster, 'g', type, null).tool,
    ];
    expect(toolOf('share')).toEqual(['kafka-share-groups', 'kafka-share-groups']);
    expect(toolOf('streams')).toEqual(['kafka-streams-groups', 'kafka-streams-groups']);
    expect(toolOf('consumer')).toEqual(['kafka-consumer-groups', 'kafka-consumer-groups']);
    const sasl = connection({ sasl: { mechanism: 'PLAIN', username: 'x' } });
    const secured = sameForgetting({ id: 'eu-1', connection: sasl }, 'g', 'classic', ['a', 'b']);
    expect(secured.commandLine).toBe(
      'kafka-consumer-groups --bootstrap-server kafka-1:9092,kafka-2:9092 --command-config client.properties --group g --delete-offsets --topic a --topic b',
    );
  });
});

describe('the same change as YAML', () => {
  it('is what a YAML reader reads, whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        (groupId, topic) => {
          const { yaml } = sameReset(cluster, reset({ groupId, moves: [{ topic, partition: 3, to: '8' }] }));
          expect(parse(yaml)).toEqual({
            cluster: 'eu-1',
            group: groupId,
            offsets: [{ topic, partition: 3, offset: 8 }],
          });
          const gone = sameForgetting(cluster, groupId, 'classic', [topic]);
          expect(parse(gone.yaml)).toEqual({ cluster: 'eu-1', group: groupId, deleteOffsets: [topic] });
        },
      ),
    );
  });

  it('orders positions, and says where there is none', () => {
    expect(sameReset(cluster, reset({})).yaml).toBe(
      'cluster: eu-1\ngroup: billing\noffsets:\n  - topic: orders\n    partition: 0\n    offset: null\n  - topic: orders\n    partition: 1\n    offset: 5\n',
    );
  });

  it('leads the file of another target back to the same positions', () => {
    const target = { kind: 'saved', resetId: 'x' } as const;
    const named = ['-begins.with.a.hyphen', 'has "quotes", and a comma'].map((topic) => ({
      ...moves[0]!,
      topic,
    }));
    const { file } = sameReset(cluster, reset({ target, moves: [...named, ...moves] }));
    expect(readPositionFile(file?.text ?? '', 'billing')).toEqual({
      ok: true,
      positions: [...named, moves[0]!].map(({ topic }) => ({ topic, partition: 1, offset: '5' })),
    });
  });
});
