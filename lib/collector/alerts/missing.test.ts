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
