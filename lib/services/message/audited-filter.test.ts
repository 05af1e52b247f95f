import { expect, it } from 'vitest';
import { ReadMessagesInput } from '#lib/model/message-request.ts';
import { auditedFilter } from './audited-filter.ts';

const kept = (filter: object) =>
  auditedFilter(ReadMessagesInput.parse({ clusterId: 'c', topic: 't', ...filter }));

it('the audit keeps what was looked for, long texts cut (R15)', () => {
  expect(kept({})).toEqual({});
  expect(kept({ key: 'order-1', minSize: '10', where: 'value.a > 1', show: 'failed' })).toEqual({
    conditions: { key: 'order-1', minSize: 10 },
    where: 'value.a > 1',
    show: 'failed',
  });
  const { conditions } = kept({ contains: 'x'.repeat(1000) }) as { conditions: { contains: string } };
  expect(conditions.contains).toBe(`${'x'.repeat(200)}… (1000 characters)`);
});
