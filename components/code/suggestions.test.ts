import { describe, expect, it } from 'vitest';
import { type Suggestion, suggestionsAt } from './suggestions.ts';

const of = (kind: Suggestion['kind'], ...labels: string[]): Suggestion[] =>
  labels.map((label) => ({ label, kind, detail: null, info: null, text: label, caretBack: 0 }));
const all = [
  ...of('root', 'value', 'key', 'offset'),
  ...of('field', 'value.status', 'value.address.city', 'value["post-code"]'),
  ...of('function', 'has', 'size'),
  ...of('method', 'contains', 'startsWith'),
];
const at = (text: string, isAsked = false) => {
  const caret = text.indexOf('|');
  const found = suggestionsAt(text.replace('|', ''), caret, all, isAsked);
  return found && [text.slice(found.from, caret), ...found.suggestions.map(({ label }) => label)];
};

describe('what can be written next', () => {
  it('begins with names and functions', () => {
    expect(at('va|')).toEqual([
      'va',
      'value',
      'key',
      'offset',
      'value.status',
      'value.address.city',
      'value["post-code"]',
      'has',
      'size',
    ]);
    expect(at('offset > 3 && va|')?.[0]).toBe('va');
    expect(at('has(value.st|')?.slice(0, 2)).toEqual(['value.st', 'value.status']);
  });

  it('goes on with fields while there are some, then with methods', () => {
    expect(at('value.|')).toEqual(['value.', 'value.status', 'value.address.city']);
    expect(at('value.address.|')).toEqual(['value.address.', 'value.address.city']);
    expect(at('value.status.|')).toEqual(['', 'contains', 'startsWith']);
    expect(at('value.status.con|')).toEqual(['con', 'contains', 'startsWith']);
    expect(at('value["post-code"].|')).toEqual(['', 'contains', 'startsWith']);
  });

  it('knows the elements of a list under the name they are given', () => {
    const withList = [...all, ...of('field', 'value.lines', 'value.lines[0].sku', 'value.lines[0].tax.rate')];
    const found = suggestionsAt('value.lines.exists(line, line.', 30, withList, false);
    expect(found?.from).toBe(25);
    expect(found?.suggestions.map(({ text }) => text)).toEqual(['line.sku', 'line.tax.rate']);
  });

  it('is silent in texts and numbers, and where nothing was begun', () => {
    expect(at('value.status == "va|"')).toBeNull();
    expect(at("value.status == 'it\\'s va|'")).toBeNull();
    expect(at('offset > 12|')).toBeNull();
    expect(at('value.status == |')).toBeNull();
    expect(at('value.status == |', true)?.length).toBe(9);
  });
});
