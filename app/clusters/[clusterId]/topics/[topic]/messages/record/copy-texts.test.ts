import { describe, expect, it } from 'vitest';
import { curlOf, kcatOf, shellWord } from './copy-texts.ts';
import { standingOf } from './standing-of.ts';

describe('commands to copy', () => {
  it('name a topic safely, whatever it is called (P15)', () => {
    expect(shellWord('shop.orders.v1')).toBe('shop.orders.v1');
    expect(shellWord("a'; rm -rf /")).toBe("'a'\\''; rm -rf /'");
    expect(shellWord('')).toBe("''");
    expect(kcatOf('shop.orders.v1', 3, '48211907')).toBe(
      `kcat -C -b "$KAFKA_BROKERS" -t shop.orders.v1 -p 3 -o 48211907 -c 1 -f '%k\\t%h\\t%s\\n'`,
    );
    expect(curlOf('https://millrace.test/api/v1/x?a=1&b=2')).toContain(
      "'https://millrace.test/api/v1/x?a=1&b=2'",
    );
  });
});

describe('where a group stands against a record', () => {
  it('is told by the next offset that it reads, exactly', () => {
    expect(standingOf('9007199254740993', '9007199254740993')).toEqual({ standing: 'here', distance: '0' });
    expect(standingOf('9007199254740993', '9007199254740992')).toEqual({ standing: 'before', distance: '1' });
    expect(standingOf('5', '9')).toEqual({ standing: 'past', distance: '4' });
  });
});
