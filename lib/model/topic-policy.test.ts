import { describe, expect, it } from 'vitest';
import { checkTopicPolicy } from './topic-policy.ts';

const wanted = { topic: 'shop.orders.v1', partitions: 6, replicationFactor: 3, configs: {} };
const facts = { environment: 'production' as const, brokers: 3, names: ['shop.payments.v1'] };

describe('checkTopicPolicy', () => {
  it('lets a sound topic pass', () => {
    expect(checkTopicPolicy(wanted, facts)).toEqual({});
  });

  it('keeps a.b and a_b apart (F15)', () => {
    expect(checkTopicPolicy({ ...wanted, topic: 'shop_payments.v1' }, facts).topic).toContain(
      'shop.payments.v1',
    );
  });

  it('asks for redundancy in production and only there', () => {
    expect(checkTopicPolicy({ ...wanted, replicationFactor: 1 }, facts).replicationFactor).toContain(
      'Production policy asks for 3',
    );
    expect(
      checkTopicPolicy({ ...wanted, replicationFactor: 1 }, { ...facts, environment: 'staging' }),
    ).toEqual({});
  });

  it('names the field when there are not enough brokers or min ISR cannot be met', () => {
    expect(Object.keys(checkTopicPolicy({ ...wanted, replicationFactor: 4 }, facts))).toEqual([
      'replicationFactor',
    ]);
    expect(
      Object.keys(checkTopicPolicy({ ...wanted, configs: { 'min.insync.replicas': '4' } }, facts)),
    ).toEqual(['configs.min.insync.replicas']);
  });
});
