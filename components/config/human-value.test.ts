import { describe, expect, it } from 'vitest';
import { bothValues, humanValue } from './human-value.ts';

describe('a raw config value as people say it', () => {
  it.each([
    ['retention.ms', '21600000', '6 h'],
    ['retention.ms', '604800000', '7 d'],
    ['retention.ms', '-1', 'No limit'],
    ['local.retention.ms', '-2', 'As the topic'],
    ['segment.bytes', '1073741824', '1.07 GB'],
    ['flush.ms', '9223372036854775807', 'Never'],
    ['log.retention.hours', '168', '7 d'],
    ['min.insync.replicas', '2', null],
    ['cleanup.policy', 'delete', null],
    ['max.message.bytes', '512', null],
    ['segment.jitter.ms', '0', null],
  ])('%s %s', (name, value, human) => {
    expect(humanValue(name, value)).toBe(human);
  });

  it('says raw and human together', () => {
    expect(bothValues('retention.ms', '21600000')).toBe('21,600,000 (6 h)');
    expect(bothValues('retention.ms', null)).toBe('Not set');
    expect(bothValues('cleanup.policy', 'delete')).toBe('delete');
  });
});
