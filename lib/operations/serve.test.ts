import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { contextOf } from './context.ts';
import { defineQuery } from './define-query.ts';
import { inputOf, serve } from './serve.ts';

vi.mock('./context.ts', () => ({ contextOf: vi.fn() }));
vi.mock('#lib/audit/record.ts', () => ({ recordDenied: vi.fn(), recordRead: vi.fn() }));

const run = vi.fn();
const query = defineQuery({
  name: 'topic.sample',
  summary: 'A sample.',
  path: '/clusters/[clusterId]/sample',
  permission: 'message:read',
  input: z.strictObject({
    clusterId: z.string(),
    tag: z.array(z.string()).optional(),
    page: z.coerce.number().int().min(1, 'Pages begin at 1.').default(1),
  }),
  output: z.unknown(),
  target: (input) => ({ type: 'cluster', id: input.clusterId, clusterId: input.clusterId }),
  run,
});
const get = (search: string, params: Record<string, string> = { clusterId: 'shop' }) =>
  serve(query)(new Request(`https://millrace.test/api/v1/clusters/shop/sample${search}`), {
    params: Promise.resolve(params),
  });

beforeEach(() => {
  run.mockReset().mockResolvedValue({ rows: [] });
  vi.mocked(contextOf).mockReset().mockResolvedValue(contextAs('developer'));
});

describe('serve', () => {
  it('answers JSON that nobody may keep', async () => {
    const response = await get('?page=2');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.json()).toEqual({ rows: [] });
    expect(run).toHaveBeenCalledWith(expect.anything(), { clusterId: 'shop', page: 2 });
  });

  it('takes a repeated name as a list, and the path before the search', async () => {
    await get('?tag=a&tag=b&clusterId=other');
    expect(run).toHaveBeenCalledWith(expect.anything(), { clusterId: 'shop', tag: ['a', 'b'], page: 1 });
  });

  it.each([
    ['?page=0', { page: 'Pages begin at 1.' }],
    ['?surprise=1', { surprise: 'This field is not known.' }],
    ['?__proto__=x', { __proto__x: undefined }],
    ['?tag=a', { tag: expect.any(String) }],
  ])('says of %s what is wrong as RFC 9457 problem', async (search, fields) => {
    const response = await get(search);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = await response.json();
    expect(body).toMatchObject({
      ...{ type: 'urn:millrace:problem:input.invalid', code: 'input.invalid', status: 400 },
      ...{ title: expect.stringMatching(/\.$/), detail: expect.stringMatching(/\.$/) },
    });
    for (const [name, says] of Object.entries(fields))
      if (says !== undefined) expect(body.fields[name]).toEqual(says);
    expect(run).not.toHaveBeenCalled();
  });

  it('refuses somebody who is not signed in, and somebody who may not', async () => {
    vi.mocked(contextOf).mockRejectedValueOnce(new AppError('auth.required'));
    expect((await get('')).status).toBe(401);
    vi.mocked(contextOf).mockResolvedValueOnce(contextAs('viewer'));
    expect((await get('')).status).toBe(403);
    expect(run).not.toHaveBeenCalled();
  });

  it('says when to come back', async () => {
    run.mockRejectedValueOnce(new AppError('rate.limited', { retryAfterSeconds: 7 }));
    const response = await get('');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
  });

  it('gives of a fault of ours a reference and nothing else', async () => {
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    run.mockRejectedValueOnce(new TypeError('password hunter2 at /srv/app.ts'));
    const response = await get('');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toMatch(/hunter2|TypeError|\.ts/);
    const { reference } = JSON.parse(text);
    expect(stdout.mock.calls.join()).toContain(reference);
  });

  it('works for a route without parameters', async () => {
    const target = () => ({ type: 'fleet' as const, id: 'fleet', clusterId: null });
    const all = defineQuery({ ...query, input: z.strictObject({}), target, run, audited: undefined });
    const route = { params: Promise.resolve(undefined) };
    expect((await serve(all)(new Request('https://millrace.test/api/v1/x'), route)).status).toBe(200);
  });
});

describe('inputOf', () => {
  const url = (search: string) => new URL(`https://millrace.test/x${search}`);
  it('takes names of the path as they come, which is decoded', () => {
    expect(inputOf(url('?topic=other'), { topic: '100%25/b', rest: ['a', 'b'] })).toEqual({
      topic: '100%25/b',
      rest: ['a', 'b'],
    });
  });
  it('is no way to a prototype', () => {
    const input = inputOf(url('?__proto__=polluted&constructor=x'), {});
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.hasOwn(input, 'constructor')).toBe(true);
  });
});
