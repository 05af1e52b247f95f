import { describe, expect, it } from 'vitest';
import { deadLetter } from './dead-letter.ts';

const message = {
  key: Buffer.from('ord-1'),
  value: Buffer.from([0, 1, 2]),
  timestamp: '1750000000123',
  offset: '9007199254740993',
  attributes: 0,
  headers: { via: ['ams-1', 'DHL'], 'order-id': 'ord-1' },
};

describe('deadLetter', () => {
  const record = deadLetter({ topic: 'shop.shipments.v1', partition: 5, groupId: 'g' }, message, {
    exception: 'com.shop.AddressInvalidException',
    message: 'Postal code "?" is not valid',
    at: ['com.shop.A.b(A.java:1)'],
  });
  const header = (name: string) => record.headers?.[`kafka_dlt-${name}`];

  it('keeps key, value, partition and own headers', () => {
    expect(record).toMatchObject({ key: message.key, value: message.value, partition: 5 });
    expect(record.headers).toMatchObject(message.headers);
  });

  it('adds numbers in the bytes that Spring reads', () => {
    expect(header('original-topic')).toBe('shop.shipments.v1');
    expect((header('original-partition') as Buffer).toString('hex')).toBe('00000005');
    expect((header('original-offset') as Buffer).readBigInt64BE()).toBe(9_007_199_254_740_993n);
    expect((header('original-timestamp') as Buffer).readBigInt64BE()).toBe(1_750_000_000_123n);
  });

  it('says why, with a stack trace that names the cause', () => {
    expect(header('exception-cause-fqcn')).toBe('com.shop.AddressInvalidException');
    expect(header('exception-message')).toContain('Postal code');
    expect(String(header('exception-stacktrace')).split('\n')).toContain(
      'Caused by: com.shop.AddressInvalidException: Postal code "?" is not valid',
    );
  });
});
