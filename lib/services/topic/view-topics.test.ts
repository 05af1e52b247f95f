import { describe, expect, it } from 'vitest';
import { ListTopicsInput } from '#lib/model/topic.ts';
import { snapshotOfTopics, topicOf } from '#lib/testing/snapshot.ts';
import { viewTopics } from './view-topics.ts';

const snapshot = snapshotOfTopics(
  [
    topicOf('shop.orders', 2, [1, 2]),
    topicOf('shop.cache', 1, [3], []),
    topicOf('shop.thin', 4, [1, 2, 3], [1, 2]),
    { ...topicOf('__consumer_offsets', 50), isInternal: true },
  ],
  { alive: [1, 2] },
);
const list = (input: Record<string, unknown>) =>
  viewTopics(snapshot, ListTopicsInput.parse({ clusterId: 'test', ...input }), () => []);

describe('viewTopics', () => {
  it('puts trouble first and hides internal topics behind the switch', () => {
    const listing = list({});
    expect(listing.rows[0]).toMatchObject({ name: 'shop.cache', state: 'critical', offline: 1 });
    expect(listing.rows.map((row) => row.state)).not.toContain('warning');
    expect(listing.counts).toMatchObject({ all: 3, critical: 1, internal: 1 });
    expect(list({ internal: true }).total).toBe(4);
  });

  it('searches, filters and counts on the whole list, and cuts the page after', () => {
    expect(list({ q: 'ORD' }).rows.map((row) => row.name)).toEqual(['shop.orders']);
    expect(list({ show: 'critical' }).rows.map((row) => row.name)).toEqual(['shop.cache']);
    const second = list({ sort: 'name', page: 2, pageSize: 2 });
    expect([second.rows.map((row) => row.name), second.total]).toEqual([['shop.thin'], 3]);
  });

  it('sorts by numbers both ways and by name where it does not know the column', () => {
    expect(list({ sort: '-partitions' }).rows[0]!.name).toBe('shop.thin');
    expect(list({ sort: 'partitions' }).rows[0]!.name).toBe('shop.cache');
    expect(list({ sort: '-name' }).rows[0]!.name).toBe('shop.thin');
  });

  it('says unknown, never zero, for what was not read', () => {
    expect(list({ q: 'orders' }).rows[0]).toMatchObject({
      recordsPerSecond: null,
      sizeBytes: null,
      groups: null,
      worstLag: null,
    });
  });
});
