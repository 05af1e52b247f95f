import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLines } from './event-lines.ts';

const stream =
  'retry: 2000\n\nevent: rows\ndata: {"a":1}\n\n: still here\n\nevent: end\r\ndata: one\r\ndata:two\r\n\r\ndata: plain\n\n';
const events = [
  { event: 'rows', data: '{"a":1}' },
  { event: 'end', data: 'one\ntwo' },
  { event: 'message', data: 'plain' },
];

describe('a stream of server-sent events', () => {
  it('gives its events, wherever the network cuts it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const lines = new EventLines();
        const seen = at.slice(1).flatMap((end, i) => lines.push(stream.slice(at[i], end)));
        expect(seen).toEqual(events);
      }),
    );
  });

  it('gives no event that was not finished', () => {
    expect(new EventLines().push('event: rows\ndata: {"a":')).toEqual([]);
  });
});
