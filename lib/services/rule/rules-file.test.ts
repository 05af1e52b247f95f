import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { alertOffers } from '#lib/model/alert-offers.ts';
import { ruleOf } from '#lib/testing/alert-rules.ts';
import { readRulesFile, writeRulesFile } from './rules-file.ts';

const faultOf = (text: string): string => {
  try {
    readRulesFile(text);
  } catch (error) {
    if (error instanceof AppError) return error.fields?.text ?? '';
  }
  return 'read';
};

describe('rules as a file', () => {
  it('are read again as they were written', () => {
    const rules = alertOffers.map(({ rule }, i) => ruleOf({ ...rule, isEnabled: i % 2 === 0 }));
    const read = readRulesFile(writeRulesFile(rules));
    expect(read).toEqual(alertOffers.map(({ rule }, i) => ({ ...rule, isEnabled: i % 2 === 0 })));
  });

  it('have limits with units, and leave out what is as usual', () => {
    const rule = ruleOf({
      name: 'Late',
      series: 'group.lag-time',
      condition: { is: 'above', value: 300_000 },
    });
    expect(writeRulesFile([rule])).toContain(
      'version: 1\nrules:\n  - name: Late\n    series: group.lag-time\n    condition:\n      is: above\n      value: 5 min\n    severity: warning\n',
    );
  });

  it('say where they are wrong', () => {
    const rule = (lines: string) =>
      `rules:\n  - name: A\n    series: group.lag\n    condition: { is: above, value: 1 }\n${lines}`;
    expect(faultOf(rule(''))).toBe('read');
    expect(faultOf('rules:\n  - name: [')).toMatch(/^Line \d/);
    expect(faultOf(rule('    colour: red\n'))).toMatch(/^Line 2, A, rule: .*colour/);
    expect(
      faultOf(rule(`  - name: B\n    series: group.lag\n    condition: { is: above, value: soon }\n`)),
    ).toMatch(/^Line 5, B, condition.value: Write a number/);
    expect(faultOf(rule('  - name: A\n    series: group.lag\n    condition: { is: absent }\n'))).toMatch(
      /twice/,
    );
    const [bad, good] = [
      '  - name: B\n    series: none\n',
      '  - name: A\n    series: group.lag\n    condition: { is: absent }\n',
    ];
    expect(faultOf(rule(bad + good))).toMatch(/^Line 5, B, .* Line 7: A stands in the file twice/);
    expect(faultOf('version: 2\nrules: []')).toContain('version 1');
    expect(faultOf('just words')).not.toBe('read');
    expect(faultOf('a: &a [1]\nrules: [*b]')).not.toBe('read');
  });

  it('that would unfold to something huge are refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      bomb.push(
        `${'abcdefghi'[i]}: &${'abcdefghi'[i]} [${Array(9)
          .fill(`*${'abcdefghi'[i - 1]}`)
          .join(', ')}]`,
      );
    expect(faultOf(`${bomb.join('\n')}\nrules: *i`)).not.toBe('read');
  });
});
