import { describe, expect, it } from 'vitest';
import { cluster, harness, minute, pointsOf } from '#lib/testing/alert-harness.ts';
import { ruleOf } from '#lib/testing/alert-rules.ts';
import { ClusterEvaluator } from './cluster-evaluator.ts';

describe('a condition', () => {
  it('above: opens once, and ends when it is back', () => {
    const { at } = harness([ruleOf({})]);
    expect(at(0, { a: 100, b: 1 })).toEqual([]);
    expect(at(1, { a: 101, b: 1 })).toEqual(['+a']);
    expect(at(2, { a: 900, b: 1 })).toEqual([]);
    expect(at(3, { a: 100, b: 101 })).toEqual(['+b', '-a:back']);
    expect(at(4, { a: 101, b: 101 })).toEqual(['+a']);
  });

  it('below, equals by word, absent', () => {
    const low = harness([ruleOf({ series: 'broker.disk-days', condition: { is: 'below', value: 7 } })]);
    expect(low.at(0, { 1: 7, 2: 6.9 })).toEqual(['+2']);
    const state = harness([
      ruleOf({ series: 'group.state', condition: { is: 'equals', values: ['stalled', 'over-run'] } }),
    ]);
    expect(state.at(0, { a: 0, b: 6, c: 7, d: 5 })).toEqual(['+b', '+c']);
    const absent = harness([ruleOf({ condition: { is: 'absent' }, scope: { names: 'a, x*' } })]);
    expect(absent.at(0, { b: 1, x1: 2, x2: Number.NaN })).toEqual(['+x2', '+a']);
    expect(absent.at(1, { a: 5, x2: 1 })).toEqual(['+x1', '-x2:back', '-a:back']);
  });

  it('changed: holds for its minutes after a change in its direction, over unknown numbers too', () => {
    const { at } = harness([
      ruleOf({ series: 'group.lost', condition: { is: 'changed', direction: 'up', minutes: 5 } }),
    ]);
    expect(at(0, { a: 3, b: 9 })).toEqual([]);
    expect(at(1, { a: Number.NaN, b: 8 })).toEqual([]);
    expect(at(1.5, {}, { isAnswering: false })).toEqual([]);
    expect(at(2, { a: 4, b: 8 })).toEqual(['+a']);
    expect(at(3.5, { a: 4, b: 8 })).toEqual([]);
    expect(at(5, { a: 4, b: 8 })).toEqual([]);
    expect(at(7, { a: 4, b: 8 })).toEqual(['-a:back']);
  });

  it('unusual: outside the band of the hour, and quiet where none is known', () => {
    const { at } = harness(
      [ruleOf({ series: 'topic.records-in', condition: { is: 'unusual', direction: 'down' } })],
      (name) => (name === 'new' ? null : { low: 10, high: 20 }),
    );
    expect(at(0, { a: 9, b: 11, c: 30, new: 0 })).toEqual(['+a']);
    expect(at(1, { a: 10, b: 11, c: 30, new: 0 })).toEqual(['-a:back']);
  });
});

describe('for so many minutes', () => {
  it('it must hold without a break, and be well as long before it ends', () => {
    const { at, evaluator } = harness([ruleOf({ forMinutes: 3, clearMinutes: 2 })]);
    expect(at(0, { a: 101 })).toEqual([]);
    expect(evaluator.pending()).toMatchObject([{ subject: 'a', since: 0 }]);
    expect(at(1, { a: 100 })).toEqual([]);
    expect(evaluator.pending()).toEqual([]);
    expect(at(2, { a: 101 })).toEqual([]);
    expect(at(3.5, { a: 101 })).toEqual([]);
    expect(at(5, { a: 101 })).toEqual(['+a']);
    expect(at(6, { a: 1 })).toEqual([]);
    expect(at(7, { a: 101 })).toEqual([]);
    expect(at(8, { a: 1 })).toEqual([]);
    expect(at(9, { a: 1 })).toEqual([]);
    expect(at(10, { a: 1 })).toEqual(['-a:back']);
  });

  it('time in which nobody looked does not count', () => {
    const { at } = harness([ruleOf({ forMinutes: 5 })]);
    at(0, { a: 101 });
    expect(at(60, { a: 101 })).toEqual([]);
    expect(at(62, { a: 101 })).toEqual([]);
    expect(at(64, { a: 101 })).toEqual([]);
    expect(at(65, { a: 101 })).toEqual(['+a']);
  });

  it('between limit and clear nothing begins and nothing ends', () => {
    const { at } = harness([ruleOf({ condition: { is: 'above', value: 100, clear: 50 } })]);
    expect(at(0, { a: 70 })).toEqual([]);
    expect(at(1, { a: 101 })).toEqual(['+a']);
    expect(at(2, { a: 70 })).toEqual([]);
    expect(at(3, { a: 101 })).toEqual([]);
    expect(at(4, { a: 50 })).toEqual(['-a:back']);
  });
});

describe('a number that is unknown', () => {
  it.each([
    ['keep', [], [], []],
    ['ok', [], ['-a:back'], ['+a']],
    ['alert', ['+b'], [], ['-b:back']],
  ])('%s', (missing, atFirst, then, back) => {
    const { at } = harness([ruleOf({ missing })]);
    at(0, { a: 101, b: 1 });
    expect(at(1, { a: 101, b: Number.NaN })).toEqual(atFirst);
    expect(at(2, { a: Number.NaN, b: Number.NaN })).toEqual(then);
    expect(at(3, { a: 101, b: 1 })).toEqual(back);
  });

  it('while the cluster does not answer, nothing begins and nothing ends but what is of the cluster itself', () => {
    for (const missing of ['keep', 'ok', 'alert']) {
      const { at } = harness([ruleOf({ missing, scope: { names: 'a, b' } })]);
      at(0, { a: 101, b: 1 });
      expect(at(1, {}, { isAnswering: false })).toEqual([]);
      expect(at(2, {}, { isAnswering: false })).toEqual([]);
    }
    const own = harness([ruleOf({ series: 'cluster.reachable', condition: { is: 'absent' } })]);
    expect(own.at(0, {}, { isAnswering: false })).toEqual(['+']);
  });

  it('what is gone for a quarter of an hour has ended', () => {
    const { at } = harness([ruleOf({})]);
    at(0, { a: 101, b: 1 });
    for (let minutes = 1; minutes < 16; minutes++) expect(at(minutes, { b: 1 })).toEqual([]);
    expect(at(16, { b: 1 })).toEqual(['-a:gone']);
    expect(at(17, { a: 101, b: 1 })).toEqual(['+a']);
  });
});

describe('what could not be written', () => {
  it('is found again until it is', () => {
    const { at } = harness([ruleOf({})]);
    expect(at(0, { a: 101 }, { isKept: false })).toEqual(['+a']);
    expect(at(1, { a: 101 })).toEqual(['+a']);
    expect(at(2, { a: 101 })).toEqual([]);
    expect(at(3, { a: 1 }, { isKept: false })).toEqual(['-a:back']);
    expect(at(4, { a: 1 })).toEqual(['-a:back']);
    expect(at(5, { a: 1 })).toEqual([]);
  });
});

describe('a collector that is late', () => {
  it('is found from its lateness alone, and nothing else is taken as news', () => {
    const late = ruleOf({
      name: 'late',
      series: 'cluster.sample-late',
      condition: { is: 'above', value: minute },
    });
    const lag = ruleOf({ name: 'lag', missing: 'ok' });
    const evaluator = new ClusterEvaluator();
    evaluator.setRules([late, lag], cluster);
    for (const { ruleId, subject } of evaluator.evaluate(pointsOf('group.lag', { a: 101 }), 0, true).open)
      evaluator.opened(ruleId, subject, 'x');
    const onlyLate = (value: number, at: number) =>
      evaluator.evaluate(pointsOf('cluster.sample-late', { '': value }), at * minute, false);
    expect(onlyLate(30_000, 1)).toEqual({ open: [], resolve: [] });
    expect(onlyLate(90_000, 2)).toMatchObject({ open: [{ ruleId: 'late', subject: '' }], resolve: [] });
  });
});

describe('what is told once a minute', () => {
  it('is judged in the ticks that have it, and missed in no other', () => {
    const name = 'billing\torders/3';
    const { at, evaluator } = harness([ruleOf({ series: 'member.lag', forMinutes: 2, missing: 'ok' })]);
    const other = (minutes: number) =>
      evaluator.evaluate(pointsOf('group.lag', { billing: 1 }), minutes * minute, true);
    expect(at(0, { [name]: 101 })).toEqual([]);
    expect(other(0.5)).toEqual({ open: [], resolve: [] });
    expect(at(1, { [name]: 101 })).toEqual([]);
    other(1.5);
    expect(at(2, { [name]: 101 })).toEqual([`+${name}`]);
    expect(other(2.5)).toEqual({ open: [], resolve: [] });
    expect(at(3, { [name]: 1 })).toEqual([`-${name}:back`]);
  });

  it('ends when it is gone, also when nothing else of its kind is there', () => {
    const { at, evaluator } = harness([ruleOf({ series: 'member.lag' })]);
    expect(at(0, { 'billing\torders/3': 101 })).toEqual(['+billing\torders/3']);
    for (let minutes = 1; minutes < 24 * 60 + 1; minutes++) {
      expect(at(minutes, {})).toEqual([]);
      expect(evaluator.evaluate([], (minutes + 0.5) * minute, true)).toEqual({ open: [], resolve: [] });
    }
    expect(at(24 * 60 + 1, {})).toEqual(['-billing\torders/3:gone']);
  });
});

describe('scope', () => {
  it('is of clusters, environments and names, without the exceptions, also of names that come later', () => {
    const names = { names: 'shop.*, audit', except: '*.test' };
    const { at } = harness([
      ruleOf({ name: 'here', scope: names }),
      ruleOf({ name: 'there', scope: { ...names, clusters: ['us'] } }),
      ruleOf({ name: 'staging', scope: { ...names, environments: ['staging'] } }),
    ]);
    expect(at(0, { 'shop.a': 101, 'shop.test': 101, audit: 101, auditor: 101 })).toEqual([
      '+shop.a',
      '+audit',
    ]);
    expect(at(1, { x: 101, 'shop.b': 101, 'shop.a': 101, audit: 1 })).toEqual(['+shop.b', '-audit:back']);
  });
});

describe('rules that change', () => {
  const rule = ruleOf({});
  const values = { a: 101, b: 101 };

  it('keep what they still mean; the rest ends and says why', () => {
    const { at, evaluator } = harness([rule]);
    at(0, values);
    evaluator.setRules([{ ...ruleOf({ scope: { names: 'a' } }), id: rule.id, version: 2 }], cluster);
    expect(at(1, values)).toEqual(['-b:rule-changed']);
    expect(at(2, values)).toEqual([]);
    evaluator.setRules([{ ...rule, isEnabled: false, version: 3 }], cluster);
    expect(at(3, values, { isKept: false })).toEqual(['-a:rule-disabled']);
    expect(at(4, values)).toEqual(['-a:rule-disabled']);
    expect(at(5, values)).toEqual([]);
    evaluator.setRules([{ ...rule, version: 4 }], cluster);
    expect(at(6, values)).toEqual(['+a', '+b']);
    evaluator.setRules([], cluster);
    expect(at(7, values)).toEqual(['-a:rule-deleted', '-b:rule-deleted']);
  });

  it('after a restart go on where they were', () => {
    const held = ruleOf({ forMinutes: 5 });
    const { at, evaluator } = harness([held]);
    const open = { series: held.series, subject: 'a', value: 300 };
    const incidents = [
      { ...open, id: 'x', ruleId: held.id },
      { ...open, id: 'y', ruleId: 'no-more' },
    ];
    evaluator.recallIncidents(incidents, [held], 0);
    evaluator.recallPending({ ruleId: held.id, subject: 'b', since: -4 * minute });
    expect(at(0, values)).toEqual(['-a:rule-deleted']);
    expect(at(1, values)).toEqual(['+b']);
    expect(evaluator.openValues()).toMatchObject([{ id: 'x', value: 101 }, { id: 'i1' }]);
    expect(at(2, { a: 1, b: 101 })).toEqual(['-a:back']);
  });
});
