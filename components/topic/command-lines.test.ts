import { describe, expect, it } from 'vitest';
import {
  configureCommands,
  createTopicCommand,
  deleteRecordsCommand,
  electLeadersCommand,
  shellWord,
} from './command-lines.ts';

describe('the same change on the command line', () => {
  it('quotes what a shell would read otherwise', () => {
    expect(shellWord('orders.v1')).toBe('orders.v1');
    expect(shellWord("it's $HOME")).toBe(`'it'\\''s $HOME'`);
    expect(shellWord('')).toBe("''");
  });

  it('writes only configs that differ from the defaults', () => {
    const [same] = createTopicCommand({
      topic: 'orders.v1',
      partitions: 12,
      replicationFactor: 3,
      configs: { 'retention.ms': '3600000' },
    });
    expect(same?.text).toContain('--create --topic orders.v1');
    expect(same?.text).toContain('--partitions 12 --replication-factor 3');
    expect(same?.text).toContain('--config retention.ms=3600000');
  });

  it('brackets lists, so that their commas are not taken for the next config', () => {
    const [same] = configureCommands(
      ['a'],
      [
        { op: 'set', name: 'cleanup.policy', value: 'compact,delete' },
        { op: 'reset', name: 'retention.ms' },
      ],
    );
    expect(same?.text).toContain("--add-config 'cleanup.policy=[compact,delete]'");
    expect(same?.text).toContain('--delete-config retention.ms');
  });

  it('keeps all digits of an offset', () => {
    const [same] = deleteRecordsCommand('a', [{ partition: 0, before: '9223372036854775807' }]);
    expect(same?.text).toContain('"offset":9223372036854775807');
  });

  it('names partitions of an election', () => {
    expect(electLeadersCommand('a', [1])[0]?.text).toContain('{"partitions":[{"topic":"a","partition":1}]}');
  });
});
