import { describe, expect, it } from 'vitest';
import { axisScale } from './axis.ts';
import { formatOfSeries, formatSpan, valueText } from './series-format.ts';

describe('values of series', () => {
  it('writes each unit as people read it', () => {
    expect(valueText('cluster.bytes-in', 84_200_000)).toBe('84.2 MB/s');
    expect(valueText('cluster.records-in', 61_800)).toBe('61.8 k/s');
    expect(valueText('broker.handler-idle', 0.114)).toBe('11.4%');
    expect(valueText('group.lag', 957_004)).toBe('957,004');
    expect(valueText('broker.disk-days', 12)).toBe('12 days');
    expect(valueText('broker.produce-p99', 0.41)).toBe('0.41 ms');
  });
  it('writes a length of time as one number that an axis can be made of', () => {
    expect(formatSpan(1530)).toEqual({ value: '1.53', unit: 's' });
    expect(formatSpan(5 * 3_600_000)).toEqual({ value: '5', unit: 'h' });
    expect(axisScale(1500, formatSpan).unit).toBe('s');
    expect(axisScale(1500, formatSpan).tick(750)).toBe('0.75');
  });
  it('names states by their words', () => {
    expect(valueText('group.state', 6)).toBe('Stalled');
    expect(valueText('broker.up', 0)).toBe('Does not answer');
    expect(valueText('connector.state', 0.5)).toBe('Paused or stopped');
    expect(formatOfSeries('group.state')(99).value).toBe('Changed');
  });
});
