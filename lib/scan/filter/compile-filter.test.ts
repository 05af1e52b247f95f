import { describe, expect, test } from 'vitest';
import type { DataValue } from '#lib/serde/decode-plan.ts';
import { recordView } from '#lib/testing/record-view.ts';
import { compileFilter } from './compile-filter.ts';

const order: DataValue = {
  status: 'FAILED',
  amount: 150.5,
  count: 5,
  id: 9007199254740993n,
  customer: { address: { city: 'Paris' }, note: null },
  tags: ['new', 'vip'],
  items: [
    { sku: 'A', qty: 1 },
    { sku: 'B', qty: 2 },
  ],
};

const verdict = (source: string, value: DataValue = order, given = {}) => {
  const compiled = compileFilter(source);
  if ('problem' in compiled) throw new Error(compiled.problem.message);
  return compiled.filter.test(recordView(value, given));
};

const problem = (source: string) => {
  const compiled = compileFilter(source);
  if (!('problem' in compiled)) throw new Error('accepted');
  const { message, from, to } = compiled.problem;
  return { message, at: source.slice(from, to) };
};

describe('what an expression says of a record', () => {
  test.each([
    'value.status == "FAILED" && value.amount > 100',
    'value.customer.address.city == "Paris"',
    'value["status"].startsWith("FA") && value.status.endsWith("ED") && value.status.contains("AIL")',
    'value.status.matches("^F.*D$")',
    'value.status.lowerAscii() == "failed"',
    'value.status in ["NEW", "FAILED"] && "vip" in value.tags && "status" in value',
    'has(value.customer.note) && value.customer.note == null && value.customer["note"] == null',
    '!has(value.nothing)',
    'value.items.exists(item, item.sku == "B" && item.qty > 1)',
    'value.items.all(item, item.qty > 0) && value.items.exists_one(item, item.qty == 1)',
    'value.items.map(item, item.sku)[1] == "B" && value.items.filter(item, item.qty > 1).size() == 1',
    'size(value.tags) == 2 && value.status.size() == 6',
    'value.count > 3 ? value.status == "FAILED" : false',
    'key == "k1" && headers.trace == "abc" && headers["trace"] != "x"',
    'topic == "orders" && partition == 1 && offset == 42 && size <= 100',
    'value.exists(name, name == "status")',
  ])('%s', (source) => {
    expect(verdict(source)).toBe('match');
  });

  test('a time is compared with a time, or with epoch milliseconds', () => {
    expect(verdict('timestamp > timestamp("2025-11-21T10:00:00Z")')).toBe('match');
    expect(verdict('timestamp == 1763720000000 && timestamp < 1763720000001')).toBe('match');
    expect(verdict('timestamp(value.at) < timestamp', { at: 1763719999999 })).toBe('match');
    expect(verdict('timestamp.getFullYear() == 2025 && timestamp - duration("1h") < timestamp')).toBe(
      'match',
    );
  });

  test('a record that has no time, or one outside the years, is no defect', () => {
    expect(verdict('timestamp < timestamp("1970-01-01T00:00:00Z")', null, { timestamp: -1n })).toBe('match');
    expect(verdict('timestamp > 0', null, { timestamp: 2n ** 62n })).toHaveProperty('failed');
  });
});

describe('numbers', () => {
  const id = (digits: string): DataValue => ({ id: BigInt(digits) });

  test('64-bit numbers are exact, however they are written', () => {
    expect(verdict('value.id == 9007199254740993')).toBe('match');
    expect(verdict('value.id == 9007199254740992')).toBe('no');
    expect(verdict('value.id == 9007199254740992.0')).toBe('no');
    expect(verdict('value.id > 9007199254740992.0')).toBe('match');
    expect(verdict('value.id + 1 == 9007199254740994')).toBe('match');
    expect(verdict('value.id in [9007199254740992, 9007199254740993]')).toBe('match');
    expect(verdict('value.id == 18446744073709551615u', id('18446744073709551615'))).toBe('match');
  });

  test('JSON does not tell 5 from 5.0, and arithmetic does not ask', () => {
    expect(verdict('value.count + 1 == 6 && 2 * value.count == 10 && value.count - 1.5 == 3.5')).toBe(
      'match',
    );
    expect(verdict('value.count / 2 == 2.5 && value.count % 2 == 1 && -value.count < 0')).toBe('match');
    expect(verdict('value.amount * 2 == 301')).toBe('match');
    expect(verdict('7 / 2 == 3 && 7 % 4 == 3')).toBe('match');
    expect(verdict('int(value.amount) == 150 && double("1.5") == 1.5 && string(value.count) == "5"')).toBe(
      'match',
    );
  });

  test.each([
    'value.count / 0 > 1',
    '1 / 0 == 1',
    '9223372036854775807 + 1 > 0',
    'int("12x") == 12',
    'double("") == 0.0',
    'value.status > 5',
    'value.status + 1 == "x"',
    'value.tags[2] == "x"',
    'value.tags["0"] == "x"',
    'value.nothing',
    'value.status',
    'value.nothing.deeper == 1',
  ])('%s fails on the record, it does not throw', (source) => {
    expect(verdict(source)).toHaveProperty('failed');
  });
});

describe('what is missing', () => {
  test('a failed side does not matter where the other decides', () => {
    expect(verdict('value.nothing == 1 || value.count == 5')).toBe('match');
    expect(verdict('value.nothing == 1 && value.count == 6')).toBe('no');
    expect(verdict('value.nothing == 1 && value.count == 5')).toEqual({
      failed: 'there is no value.nothing',
    });
  });

  test('a tombstone has no fields', () => {
    expect(verdict('value.status == "x"', null)).toHaveProperty('failed');
    expect(verdict('value == null', null)).toBe('match');
    expect(verdict('has(value.status)', null)).toBe('no');
  });

  test('what could not be decoded is said so, if the result depends on it', () => {
    const given = { value: () => ({ reason: 'neither JSON nor text' }) };
    expect(verdict('value.a == 1', null, given)).toEqual({ undecoded: 'neither JSON nor text' });
    expect(verdict('offset == 42 || value.a == 1', null, given)).toBe('match');
    expect(verdict('type(value.a) == int', null, given)).toEqual({ undecoded: 'neither JSON nor text' });
  });

  test('a schema that is not there yet is asked for', () => {
    const given = { value: () => ({ needs: 'schema:r:1' }) };
    expect(verdict('value.a == 1', null, given)).toEqual({ needs: 'schema:r:1' });
    expect(verdict('value.a == 1u', null, given)).toEqual({ needs: 'schema:r:1' });
  });

  test('only own keys are seen', () => {
    const own = JSON.parse('{"__proto__":{"admin":true},"constructor":{"name":"Object"},"$typeName":"x"}');
    expect(verdict('value.__proto__.admin == true && value.constructor.name == "Object"', own)).toBe('match');
    expect(verdict('value.__proto__.admin == true && type(value) == map', own)).toBe('match');
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length']) {
      expect(verdict(`has(value.${name}) || "${name}" in value`)).toBe('no');
      expect(verdict(`value.tags.${name} == 1`)).toHaveProperty('failed');
      expect(verdict(`value.status["${name}"] == 1`)).toHaveProperty('failed');
      expect(verdict(`headers.${name} == "x"`)).toHaveProperty('failed');
    }
  });
});

describe('problems are said at their place', () => {
  test.each([
    ['', '', 'Write a condition'],
    ['1 +', '+', 'missing after `+`'],
    ['value.a = "x"', '=', 'Write `==`'],
    ['value.a === 1', '=', 'two characters'],
    ['value.a and true', 'and', 'Write `&&`'],
    ['value.a & true', '&', 'Write `&&`'],
    ["value.a == 'abc", "'abc", 'no closing quote'],
    ['(value.a', '(', 'never closed'],
    ['value.a)', ')', 'closes nothing'],
    ['value.a == 1 value.b', 'value', 'is missing before'],
    ['vlaue.a == 1', 'vlaue', 'Do you mean `value`?'],
    ['status == "x"', 'status', '`value.status`'],
    ['value.a.startWith("x")', 'startWith', 'Do you mean `startsWith`?'],
    ['value.a.exists(x)', 'exists', 'takes a name'],
    ['contains(value.a, "x")', 'contains', 'value.field.contains'],
    ['has(value)', 'has', 'has(value.status)'],
    ['value.a.matches("(")', '"("', 'pattern'],
    ['value.a.matches(value.b)', 'matches', 'written out'],
    [`value.a.matches("${'a'.repeat(257)}")`, 'matches', '256'],
    ['9223372036854775808 > 1', '9223372036854775808', '64 bits'],
    ['value.amount + 1', 'value.amount + 1', 'no condition'],
    ['google.protobuf.Timestamp{seconds: 1} == timestamp', 'google', 'cannot be made'],
    ['"\\ud800" == value', '\\ud800', 'no character'],
    ['value.a == "C:\\dir"', '\\d', 'no character'],
    ['value.a == "\\x-1"', '\\x', 'no character'],
  ])('%s', (source, at, words) => {
    const found = problem(source);
    expect(found.message).toContain(words);
    expect(found.at).toBe(at);
  });

  test('limits of size', () => {
    expect(problem(`value == "${'a'.repeat(2048)}"`).message).toContain('2048 bytes');
    expect(problem(Array.from({ length: 70 }, () => 'value.a').join('||')).message).toContain('200 parts');
    const nested = 'value.exists(a, a.exists(b, b.exists(c, c)))';
    expect(problem(nested).message).toContain('2 within another');
    expect(problem(`${'('.repeat(1000)}true${')'.repeat(1000)}`).message).toContain('50 deep');
  });

  test('paths and marks', () => {
    const compiled = compileFilter(
      'value.items.exists(i, i.sku == "A") && headers["trace-id"] != "x" && !(key == "k") && value.n > 3',
    );
    expect(compiled).toMatchObject({
      paths: ['value.items', 'value.items.sku', 'headers["trace-id"]', 'key', 'value.n'],
      marks: ['A'],
    });
  });
});
