import { describe, expect, it } from 'vitest';
import type { ResetOffsetsPlan } from '#lib/model/offset-reset.ts';
import { confirmWords, isReady, waitsForMembers } from './reset-ready.ts';

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

describe('a plan that members stand in the way of', () => {
  const blocked = { blocked: 'Two members must stop first.', members: [{}, {}] as never };

  it('waits for them', () => {
    const live = plan({ ...blocked, isReadOnly: false });
    expect(waitsForMembers(live)).toBe(true);
    expect(confirmWords(live)).toBe('Reset 2 partitions, waiting for 2 members');
    expect(waitsForMembers(plan(blocked))).toBe(true);
    expect(waitsForMembers(plan({ members: blocked.members }))).toBe(false);
  });

  it('waits for nobody on a cluster that is read-only', () => {
    const locked = plan({ ...blocked, blocked: 'Test is read-only in Millrace.', isReadOnly: true });
    expect(waitsForMembers(locked)).toBe(false);
    expect(confirmWords(locked)).toBe('Reset 2 partitions, read-only cluster');
  });
});
