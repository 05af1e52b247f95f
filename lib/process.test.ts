import { afterEach, describe, expect, it } from 'vitest';
import { onStop, stepsInOrder, stopSteps } from './process.ts';

afterEach(() => void stopSteps().splice(0));

describe('F11: the order of a stop', () => {
  it('goes by stage, whenever each part of the process came to life', () => {
    // As it comes in a real process: connections are first made by a sample, streams by the first browser.
    onStop('database', 'database', async () => {});
    onStop('sampling', 'housekeeping', async () => {});
    onStop('sampling', 'collectors', async () => {});
    onStop('connections', 'kafka clients', async () => {});
    onStop('work', 'acts', async () => {});
    onStop('streams', 'event streams', async () => {});
    expect(stepsInOrder().map(({ name }) => name)).toEqual([
      'event streams',
      'acts',
      'collectors',
      'housekeeping',
      'kafka clients',
      'database',
    ]);
  });
});
