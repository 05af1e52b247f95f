import { describe, expect, it } from 'vitest';
import { matchBroker } from './match-broker.ts';

const brokers = [
  { id: 0, host: 'kafka-0.kafka-headless.prod.svc' },
  { id: 1, host: 'kafka-1.kafka-headless.prod.svc' },
  { id: 101, host: 'b-1.msk.example.com' },
  { id: 7, host: '10.0.0.7' },
  { id: 8, host: '10.0.0.8' },
  { id: 9, host: '10.0.0.8' },
];

describe('the broker that a label means', () => {
  it.each([
    ['101', 101],
    ['B-1.msk.example.com:11001', 101],
    ['10.0.0.7:7071', 7],
    ['kafka-1', 1],
    ['kafka-1.kafka-metrics:9404', 1],
    ['my-cluster-kafka-0', 0],
    // Two brokers behind one address: nobody knows which.
    ['10.0.0.8:7071', null],
    ['10.0.0.99:7071', null],
    ['my-cluster-kafka-55', null],
    ['localhost:7071', null],
    ['', null],
  ])('%s', (value, id) => {
    expect(matchBroker(value, brokers, [])).toBe(id);
  });

  it('is what was entered for it before all', () => {
    expect(matchBroker('10.0.0.8:7071', brokers, [{ broker: 9, value: '10.0.0.8:7071' }])).toBe(9);
  });
});
