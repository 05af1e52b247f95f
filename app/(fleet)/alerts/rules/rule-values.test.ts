import { describe, expect, it } from 'vitest';
import { alertOffers } from '#lib/model/alert-offers.ts';
import { NewAlertRule } from '#lib/model/alert-rule.ts';
import { toInput, valuesOf } from './rule-values.ts';

describe('the fields of a rule', () => {
  it.each(alertOffers.map(({ rule }) => rule))('hold all of “$name” and give it back', (rule) => {
    expect(NewAlertRule.parse(toInput(valuesOf(rule)))).toEqual({ ...rule, isEnabled: true });
  });
  it('take a clock that does not run as well, unless the rule says otherwise', () => {
    const condition = { is: 'below', value: 60_000 } as const;
    expect(valuesOf({ series: 'group.loss-clock', condition }).missing).toBe('ok');
    expect(valuesOf({ series: 'group.loss-clock', condition, missing: 'keep' }).missing).toBe('keep');
    expect(valuesOf({ series: 'group.lag', condition }).missing).toBe('keep');
  });
  it('say at their own place what cannot be read', () => {
    const values = valuesOf({ series: 'group.lag-time', condition: { is: 'above', value: 5 } });
    const read = NewAlertRule.safeParse(
      toInput({ ...values, name: 'x', 'condition.value': 'soon', forMinutes: '' }),
    );
    expect(read.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['condition.value', 'Write a number.'],
      ['forMinutes', 'Write a number.'],
    ]);
  });
});
