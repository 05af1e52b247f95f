import { describe, expect, it } from 'vitest';
import { ruleOf } from '#lib/testing/alert-rules.ts';
import { isLowBad } from './conditions.ts';
import { replayRule } from './replay-rule.ts';

const second = 1000;
/** Every 15 seconds; a value is told for each step, null where none is stored. */
const replay = (
  fields: Record<string, unknown>,
  values: (number | null)[],
  reachable = values.map(() => 1),
) => {
  const at = values.map((_, i) => i * 15 * second);
  const episodes =
    replayRule(ruleOf(fields), { at, names: ['a'], values: [values], reachable }).get('a') ?? [];
  return episodes.map(({ fromMs, toMs }) => [fromMs / second, toMs === null ? null : toMs / second]);
};
const minutely = (values: number[]) => values.flatMap((value) => [value, null, null, null]);

describe('a rule on stored numbers', () => {
  it.each(['keep', 'ok', 'alert'])('judges what is kept once a minute where it is kept (%s)', (missing) => {
    const values = minutely([1, 101, 101, 101, 1, 1]);
    expect(replay({ series: 'member.lag', missing }, values)).toEqual([[60, 240]]);
    expect(replay({ series: 'member.lag', missing }, values.slice(2))).toEqual([[30, 210]]);
    expect(replay({ series: 'member.lag', missing, forMinutes: 2 }, values)).toEqual([[180, 240]]);
  });

  it('finds out that it is not kept any more', () => {
    const values = [...minutely([1, 1]), ...Array<null>(40).fill(null)];
    const [[from, to] = [], more] = replay({ series: 'member.lag', condition: { is: 'absent' } }, values);
    expect(from).toBeGreaterThan(120);
    expect(from).toBeLessThan(300);
    expect([to, more]).toEqual([null, undefined]);
  });

  it('misses nothing of a cluster that does not answer', () => {
    const values = [1, 101, null, null, 101, 1];
    const reachable = [1, 1, 0, 0, 1, 1];
    expect(replay({ missing: 'ok' }, values, reachable)).toEqual([[15, 75]]);
    expect(replay({ condition: { is: 'absent' } }, values, reachable)).toEqual([]);
  });
});

describe('low is bad', () => {
  it.each([
    ['group.lag', { is: 'above', value: 1 }, false],
    ['group.lag', { is: 'below', value: 1 }, true],
    ['topic.records-in', { is: 'equals', values: [0] }, true],
    ['topic.records-in', { is: 'equals', values: [5] }, false],
    ['broker.up', { is: 'equals', values: ['down'] }, true],
    ['connector.state', { is: 'equals', values: ['stopped', 'failed'] }, true],
    ['group.state', { is: 'equals', values: ['stalled'] }, false],
    ['group.lag', { is: 'unusual', direction: 'down' }, true],
    ['group.lag', { is: 'unusual', direction: 'either' }, false],
    ['group.members', { is: 'changed', direction: 'down' }, true],
    ['group.lag', { is: 'absent' }, false],
  ])('for %s %o: %s', (series, condition, expected) => {
    expect(isLowBad(ruleOf({ series, condition }))).toBe(expected);
  });
});
