import { describe, expect, it } from 'vitest';
import type { ResetOffsetsPlan } from '#lib/model/offset-reset.ts';
import { isReady } from './reset-ready.ts';

const plan = (more: Partial<ResetOffsetsPlan> = {}) =>
  ({ moves: [{}, {}], blocked: null, members: [], typed: 'billing', ...more }) as unknown as ResetOffsetsPlan;

describe('a plan of a reset', () => {
  it('is carried out when it moves something, nothing stands in its way and its name is typed', () => {
    expect(isReady(plan(), false, ' billing ')).toBe(true);
    expect(isReady(plan({ typed: null }), false, '')).toBe(true);
    expect(isReady(plan(), false, 'bill')).toBe(false);
    expect(isReady(plan({ moves: [] }), false, 'billing')).toBe(false);
    expect(isReady(plan({ blocked: 'One member must stop first.' }), false, 'billing')).toBe(false);
    expect(isReady(null, false, '')).toBe(false);
  });

  it('is not carried out once something else is asked for', () => {
    expect(isReady(plan(), true, 'billing')).toBe(false);
  });
});
