import { describe, expect, it } from 'vitest';
import { inputOf, problemResponse } from './serve.ts';

const address = new URL('http://localhost/api/v1/clusters/a/groups/x?page=2&series=a&series=b&groupId=other');

describe('inputOf', () => {
  // Next decodes the parameters of route handlers: a second time would break or change these names (F15).
  it.each(['100%', 'a%2Fb', 'a/b', 'é +&', '%E0%A4%A'])('takes the name %s as it is', (name) => {
    expect(inputOf(address, { groupId: name }).groupId).toBe(name);
  });

  it('lets the path win over the search, and keeps what is repeated', () => {
    expect(inputOf(address, { groupId: 'mine' })).toEqual({
      page: '2',
      series: ['a', 'b'],
      groupId: 'mine',
    });
  });
});

describe('problemResponse', () => {
  it('says when to come back, to clients that read headers and to pages that read the body', async () => {
    const response = problemResponse({
      code: 'rate.limited',
      status: 429,
      what: 'Too many.',
      next: 'Wait.',
      retryAfterSeconds: 7,
    });
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ status: 429, retryAfterSeconds: 7 });
  });
});
