import { describe, expect, it } from 'vitest';
import { placeOfSeries } from './series-place.ts';

describe('where a series leads', () => {
  it('leads to the page of its object', () => {
    const place = (kind: Parameters<typeof placeOfSeries>[1], name: string) =>
      placeOfSeries('eu', kind, name);
    expect(place('cluster.bytes-in', '')).toBe('/clusters/eu/metrics');
    expect(place('broker.gc', '3')).toBe('/clusters/eu/brokers/3/metrics');
    expect(place('partition.size', 'orders.v1/12')).toBe('/clusters/eu/topics/orders.v1/metrics/12');
    expect(place('member.lag', 'my/group\torders/0')).toBe('/clusters/eu/groups/my%2Fgroup');
    expect(place('connector.state', 'a sink')).toBe('/clusters/eu/metrics/connectors/a%20sink');
  });
});
