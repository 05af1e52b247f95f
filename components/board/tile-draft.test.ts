import { describe, expect, it } from 'vitest';
import { errorsOf } from '#components/forms/field-state.ts';
import { newTileCheck, tileOf, usualTitle, valuesOf } from './tile-draft.ts';

const series = [{ clusterId: 'eu', kind: 'broker.handler-idle' as const, name: '3', label: '' }];

describe('the form of a tile', () => {
  it('reads what it writes, a share as percent', () => {
    const tile = {
      title: 'Idle',
      series,
      reduce: 'mean' as const,
      window: '1h' as const,
      target: { side: 'at-least' as const, value: 0.3 },
      trend: null,
      width: 4,
      height: 2,
    };
    expect(valuesOf(tile)['target.value']).toBe('30');
    expect(tileOf(valuesOf(tile), series)).toEqual(tile);
  });
  it('lets nothing through that is no number', () => {
    for (const text of ['', 'many']) {
      const tile = tileOf({ ...valuesOf(null, 'Idle'), side: 'at-most', 'target.value': text }, series);
      expect(errorsOf(newTileCheck, tile)).toEqual({ 'target.value': 'Write a number.' });
    }
    expect(errorsOf(newTileCheck, tileOf(valuesOf(null, 'Idle'), series))).toEqual({});
  });
  it('wants to know which object', () => {
    const nameless = [{ clusterId: 'eu', kind: 'topic.size' as const, name: ' ', label: '' }];
    expect(errorsOf(newTileCheck, tileOf(valuesOf(null, 'Size'), nameless))).toEqual({
      series: 'Choose what series 1 is of.',
    });
  });
  it('has a title by itself', () => {
    expect(usualTitle({ kind: 'cluster.bytes-in', name: '' })).toBe('Bytes in');
    expect(usualTitle({ kind: 'broker.gc', name: '3' })).toBe('Time in garbage collection: broker 3');
    expect(usualTitle({ kind: 'member.lag', name: 'g\torders/0' })).toBe('Lag of a partition: g on orders/0');
  });
});
