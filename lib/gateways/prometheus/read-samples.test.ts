import { describe, expect, it } from 'vitest';
import { readSamples, type Sample } from './read-samples.ts';

async function read(text: string, isWanted: (name: string) => boolean = () => true) {
  const found: Sample[] = [];
  const count = await readSamples(Buffer.from(text), isWanted, (sample) => found.push(sample));
  return { count, found: found.map(({ name, labels, value }) => [name, Object.fromEntries(labels), value]) };
}

describe('the text format', () => {
  it('is read with labels, escapes, times and numbers of all kinds', async () => {
    const text = [
      '# HELP a What it is.',
      '# TYPE a counter',
      'a 1',
      'a_total{b="c",d="e f",} 2.5e3 1395066363000',
      'a{path="C:\\\\DIR\\\\",said="\\"no\\"\\n{yes}"} -Inf',
      'a:b{} +Inf',
      'a\t\tNaN',
      'a{b="ü"}   4 # {trace="1"} 0.5 1.0',
      '# EOF',
      '',
    ].join('\n');
    expect(await read(text)).toEqual({
      count: 6,
      found: [
        ['a', {}, 1],
        ['a_total', { b: 'c', d: 'e f' }, 2_500],
        ['a', { path: 'C:\\DIR\\', said: '"no"\n{yes}' }, Number.NEGATIVE_INFINITY],
        ['a:b', {}, Number.POSITIVE_INFINITY],
        ['a', {}, Number.NaN],
        ['a', { b: 'ü' }, 4],
      ],
    });
  });

  it('ends with or without a line end, and with those of Windows', async () => {
    expect((await read('a 1\r\nb 2')).found).toEqual([
      ['a', {}, 1],
      ['b', {}, 2],
    ]);
  });

  it('passes over what is none', async () => {
    const text = '<html>\n{}\n"a" 1\n1a 2\na{b=c} 3\na{b="c 4\na\na {b="c"}\na x\na{b="c"}\n';
    expect((await read(text)).found).toEqual([]);
  });

  it('takes apart only what is wanted', async () => {
    expect(await read('a 1\nb{broken 2\nc 3\n', (name) => name === 'c')).toEqual({
      count: 3,
      found: [['c', {}, 3]],
    });
  });

  it('is read in slices, and lines across them are whole', async () => {
    const line = (i: number) => `metric_${i % 100}{topic="topic-${i}",partition="${i % 7}"} ${i}\n`;
    const text = Array.from({ length: 60_000 }, (_, i) => line(i)).join('');
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    let sum = 0;
    const count = await readSamples(
      Buffer.from(text),
      () => true,
      ({ labels, value }) => {
        if (labels.get('topic') === `topic-${value}`) sum += value;
      },
    );
    clearInterval(timer);
    expect(count).toBe(60_000);
    expect(sum).toBe((60_000 * 59_999) / 2);
    // Others had their turn in between.
    expect(turns).toBeGreaterThan(3);
  });
});
