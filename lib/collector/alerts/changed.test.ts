import { describe, expect, it } from 'vitest';
import { cluster, harness } from '#lib/testing/alert-harness.ts';
import { ruleOf } from '#lib/testing/alert-rules.ts';

const lost = ruleOf({ series: 'group.lost', condition: { is: 'changed', direction: 'up', minutes: 5 } });

describe('what changed', () => {
  it('is held against the last known number also of a name that ticks left out', () => {
    const { at } = harness([lost]);
    at(0, { a: 3, b: 1, c: 7 });
    expect(at(1, { b: 1 })).toEqual([]);
    expect(at(1.5, { b: 1, c: Number.NaN })).toEqual([]);
    expect(at(2, { b: 1, a: 4, c: 7 })).toEqual(['+a']);
    expect(at(3, { b: 1, a: 4, c: 8 })).toEqual(['+c']);
  });

  it('stays known when something else of the rule is changed', () => {
    const { at, evaluator } = harness([lost]);
    at(0, { a: 3, b: 1 });
    expect(at(1, { a: 4, b: 1 })).toEqual(['+a']);
    at(3, { a: 5, b: 1 });
    at(5, { a: 6, b: 1 });
    evaluator.setRules([{ ...lost, owner: 'Ana', version: 2 }], cluster);
    expect(at(7, { a: 6, b: 2 })).toEqual(['+b']);
    expect(at(9, { a: 6, b: 2 })).toEqual([]);
    expect(at(10, { a: 6, b: 2 })).toEqual(['-a:back']);
  });

  it('goes on for its minutes after a restart, for when it changed last is not known', () => {
    const { at, evaluator } = harness([lost]);
    const incident = { id: 'x', ruleId: lost.id, series: lost.series, subject: 'a', value: 4 };
    evaluator.recallIncidents([incident], [lost], 0);
    expect(at(0, { a: 4 })).toEqual([]);
    expect(at(2, { a: 4 })).toEqual([]);
    expect(at(4, { a: 4 })).toEqual([]);
    expect(at(5, { a: 4 })).toEqual(['-a:back']);
  });
});

describe('a write whose answer was lost', () => {
  const incident = { id: 'x', ruleId: lost.id, series: lost.series, subject: 'a', value: 4 };

  it('that opened is known as open from then on', () => {
    const { at, evaluator } = harness([lost]);
    at(0, { a: 3 });
    expect(at(1, { a: 4 }, { isKept: false })).toEqual(['+a']);
    evaluator.recallIncidents([incident], [lost], 2);
    expect(at(2, { a: 4 })).toEqual([]);
    expect(at(4, { a: 4 })).toEqual([]);
    expect(at(6, { a: 4 })).toEqual(['-a:back']);
  });

  it('that ended is over, and what changes after it is told anew', () => {
    const { at, evaluator } = harness([lost]);
    evaluator.recallIncidents([incident], [lost], 0);
    for (const minutes of [0, 2, 4]) at(minutes, { a: 4 });
    expect(at(5, { a: 4 }, { isKept: false })).toEqual(['-a:back']);
    evaluator.recallIncidents([], [lost], 6);
    expect(at(6, { a: 5 })).toEqual(['+a']);
  });

  it('that wrote nothing is asked for again', () => {
    const { at, evaluator } = harness([lost]);
    at(0, { a: 3 });
    at(1, { a: 4 }, { isKept: false });
    evaluator.recallIncidents([], [lost], 2);
    expect(at(2, { a: 4 })).toEqual(['+a']);
  });
});
