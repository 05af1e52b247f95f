import { describe, expect, it } from 'vitest';
import {
  atFields,
  checkNewTopic,
  configsOf,
  inputOf,
  type NewTopicValues,
  retentionMs,
} from './new-topic.ts';

const values = (more: Partial<NewTopicValues> = {}): NewTopicValues => ({
  topic: 'shop.orders.v1',
  partitions: '6',
  replicationFactor: '3',
  cleanup: '',
  retention: '',
  retentionUnit: 'hours',
  minIsr: '',
  further: '',
  ...more,
});

describe('the form of a new topic', () => {
  it('accepts the defaults and sends no config that the cluster has already', () => {
    expect(checkNewTopic(values())).toEqual({});
    expect(inputOf('demo', values()).configs).toEqual({});
  });

  it('names the field and the limit of what is wrong', () => {
    expect(checkNewTopic(values({ topic: 'a b' })).topic).toContain('letters');
    expect(checkNewTopic(values({ topic: '..' })).topic).toBe('This name is reserved.');
    expect(checkNewTopic(values({ partitions: '1001' })).partitions).toBe('At most 1,000 partitions.');
    expect(checkNewTopic(values({ replicationFactor: '0' })).replicationFactor).toContain('from 1');
    expect(checkNewTopic(values({ minIsr: '4' })).minIsr).toContain('More than the 3 replicas');
    expect(checkNewTopic(values({ retention: 'soon' })).retention).toBe('A number is needed.');
    expect(checkNewTopic(values({ further: 'a.b=1\nnonsense' })).further).toBe(
      'Line 2 is not of the form key=value.',
    );
    expect(checkNewTopic(values({ further: 'retention.ms=1' })).further).toContain('field of its own');
  });

  it('turns units into milliseconds, and for ever into Kafka’s -1', () => {
    expect(retentionMs(values({ retention: '6' }))).toBe('21600000');
    expect(retentionMs(values({ retention: '1.5', retentionUnit: 'days' }))).toBe('129600000');
    expect(retentionMs(values({ retentionUnit: 'forever' }))).toBe('-1');
    expect(retentionMs(values())).toBeNull();
  });

  it('leaves retention out where only compaction cleans', () => {
    expect(configsOf(values({ cleanup: 'compact', retention: '6', further: '# x\nflush.ms = 5' }))).toEqual({
      'cleanup.policy': 'compact',
      'flush.ms': '5',
    });
  });

  it('puts refusals of the server at the fields they are about', () => {
    const problem = { code: 'input.invalid', status: 400, what: '', next: '' };
    expect(
      atFields({ ...problem, fields: { 'configs.min.insync.replicas': 'Too many.', topic: 'Taken.' } })
        .fields,
    ).toEqual({ minIsr: 'Too many.', topic: 'Taken.' });
    const what = 'Kafka refused for a: Invalid value x for configuration segment.bytes: Not a number';
    expect(atFields({ ...problem, code: 'kafka.rejected', what }).fields).toEqual({ further: what });
    expect(atFields({ ...problem, code: 'topic.exists', what: 'It exists.' }).fields).toEqual({
      topic: 'It exists.',
    });
  });
});
