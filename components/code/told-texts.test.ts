import { describe, expect, it } from 'vitest';
import { ToldTexts } from './told-texts.ts';

describe('what an editor told the outside', () => {
  it('comes back late without overwriting what was written since', () => {
    const told = new ToldTexts();
    for (const text of ['v', 'va', 'val']) told.tell(text);
    expect(told.isEcho('v')).toBe(true);
    expect(told.isEcho('val')).toBe(true);
    expect(told.isEcho('val')).toBe(false);
  });

  it('is not what the outside sets by itself', () => {
    const told = new ToldTexts();
    told.tell('value.');
    expect(told.isEcho('value.status == "FAILED"')).toBe(false);
    expect(told.isEcho('value.')).toBe(false);
  });
});
