import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { contextAs } from '#lib/testing/principals.ts';
import { admit } from './admit.ts';

const recordDenied = vi.hoisted(() => vi.fn(async () => {}));
vi.mock('#lib/audit/record.ts', () => ({ recordDenied }));

const verb = {
  name: 'topic.create',
  permission: 'topic:create' as const,
  input: z.strictObject({ topic: z.string().max(9, 'At most 9 characters.') }),
  target: (input: { topic: string }) => ({ type: 'topic' as const, id: input.topic, clusterId: 'a' }),
};

beforeEach(() => void recordDenied.mockClear());

describe('admit', () => {
  it('gives who may the parsed input', async () => {
    expect(await admit(contextAs('operator'), verb, { topic: 'orders' }, 'mutate')).toEqual({
      topic: 'orders',
    });
    await expect(
      admit(contextAs('operator'), verb, { topic: 'orders-and-more' }, 'mutate'),
    ).rejects.toMatchObject({ code: 'input.invalid', fields: { topic: 'At most 9 characters.' } });
    expect(recordDenied).not.toHaveBeenCalled();
  });

  it.each([[{ topic: 'orders' }], [{ topic: 'orders-and-more' }], [{ surprise: 1 }], [null]])(
    'tells who may not nothing of the input %j, and writes it down',
    async (raw) => {
      const context = contextAs('viewer');
      await expect(admit(context, verb, raw, 'mutate')).rejects.toMatchObject({
        code: 'auth.forbidden',
        fields: undefined,
      });
      expect(recordDenied).toHaveBeenCalledOnce();
    },
  );

  it('counts input that cannot be read, and refuses when there is too much of it', async () => {
    const context = contextAs('operator');
    const codes: string[] = [];
    for (let i = 0; i < 61; i++)
      await admit(context, verb, {}, 'mutate').catch((error) => codes.push(error.code));
    expect(codes.at(59)).toBe('input.invalid');
    expect(codes.at(60)).toBe('rate.limited');
  });

  it('lets the tokens of a person share, and leaves the pages of their owner alone (R26)', async () => {
    const userId = contextAs('operator').principal.userId;
    const token = () => contextAs('operator', { userId, via: 'token' });
    const ask = (context: ReturnType<typeof contextAs>) => admit(context, verb, { topic: 'a' }, 'mutate');
    for (let i = 0; i < 60; i++) await ask(token());
    await expect(ask(token())).rejects.toMatchObject({ code: 'rate.limited' });
    await ask(contextAs('operator', { userId, via: 'session' }));
  });
});
