import { describe, expect, it } from 'vitest';
import { alertOffers } from '#lib/model/alert-offers.ts';
import { harness } from '#lib/testing/alert-harness.ts';
import { ruleOf } from '#lib/testing/alert-rules.ts';

describe('the clock of unread records', () => {
  it('that runs no more ends what was told of it', () => {
    const { rule } = alertOffers.find(({ rule }) => rule.series === 'group.loss-clock')!;
    const { at } = harness([ruleOf(rule)]);
    expect(at(0, { a: 60_000, b: Number.NaN })).toEqual(['+a']);
    expect(at(1, { a: Number.NaN, b: Number.NaN })).toEqual(['-a:back']);
  });
});

describe('a source that is silent', () => {
  const failed = { series: 'connector.state', condition: { is: 'equals', values: ['failed'] } };

  it.each(['keep', 'ok'])('is no news of what it told, for a day (%s)', (missing) => {
    const { at } = harness([ruleOf({ ...failed, missing })]);
    expect(at(0, { sink: 0, source: 1 })).toEqual(['+sink']);
    for (let minutes = 1; minutes < 24 * 60 + 1; minutes++) expect(at(minutes, {})).toEqual([]);
    expect(at(24 * 60 + 1, {})).toEqual(['-sink:gone']);
  });

  it('that tells again without a name says that this one is gone', () => {
    const { at } = harness([ruleOf(failed)]);
    expect(at(0, { sink: 0, source: 1 })).toEqual(['+sink']);
    for (let minutes = 1; minutes < 30; minutes++) expect(at(minutes, {})).toEqual([]);
    for (let minutes = 30; minutes < 45; minutes++) expect(at(minutes, { source: 1 })).toEqual([]);
    expect(at(45, { source: 1 })).toEqual(['-sink:gone']);
  });

  it('is trouble for a rule that takes the unknown as trouble', () => {
    const { at } = harness([ruleOf({ ...failed, missing: 'alert' })]);
    at(0, { sink: 1 });
    expect(at(1, {})).toEqual(['+sink']);
    expect(at(2, { sink: 1 })).toEqual(['-sink:back']);
  });
});
