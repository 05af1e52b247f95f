import { describe, expect, it } from 'vitest';
import { connectorLevel, failureLine } from './connector.ts';

describe('the states of a connector', () => {
  it('are a number with a history', () => {
    expect(['RUNNING', 'PAUSED', 'STOPPED', 'FAILED', 'UNASSIGNED'].map(connectorLevel)).toEqual([
      1,
      0.5,
      0.5,
      0,
      Number.NaN,
    ]);
  });
});

describe('a trace in one line', () => {
  it('is its last cause', () => {
    const trace = [
      'org.apache.kafka.connect.errors.ConnectException: Tolerance exceeded in error handler',
      '\tat org.apache.kafka.connect.runtime.errors.Retry.execute(Retry.java:244)',
      'Caused by: org.apache.kafka.connect.errors.DataException: Converting byte[] to Connect data failed',
      '\tat org.apache.kafka.connect.json.JsonConverter.toConnectData(JsonConverter.java:333)',
      'Caused by: com.fasterxml.jackson.core.JsonParseException: Unrecognized token: was expecting null',
      '\t... 17 more',
    ].join('\n');
    expect(failureLine(trace)).toBe('Unrecognized token: was expecting null');
    expect(failureLine('java.lang.NullPointerException')).toBe('java.lang.NullPointerException');
    expect(failureLine('')).toBe('');
  });
});
