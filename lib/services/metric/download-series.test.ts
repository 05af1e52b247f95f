import { describe, expect, it } from 'vitest';
import { seriesCsv } from './download-series.ts';

const at = [Date.parse('2026-03-01T10:00:00Z'), Date.parse('2026-03-01T10:00:05Z')];
const one = { kind: 'topic.size' as const, name: 'orders', values: [1.5, null], missing: null };

describe('seriesCsv', () => {
  it('has a line for each time and an empty cell for a gap', () => {
    expect(seriesCsv({ fromMs: 0, toMs: 0, stepMs: 5_000, at, series: [one], since: null })).toBe(
      'time,topic.size orders\r\n2026-03-01T10:00:00.000Z,1.5\r\n2026-03-01T10:00:05.000Z,\r\n',
    );
  });

  it('has what stood there earlier beside it', () => {
    const series = [
      { ...one, before: [7, 8] },
      { ...one, kind: 'member.lag' as const, name: 'g\torders/1' },
    ];
    const [head, first] = seriesCsv({ fromMs: 0, toMs: 0, stepMs: 5_000, at, series, since: null }).split(
      '\r\n',
    );
    expect(head).toBe('time,topic.size orders,"topic.size orders, earlier",member.lag g orders/1');
    expect(first).toBe('2026-03-01T10:00:00.000Z,1.5,7,1.5');
  });
});
