import { describe, expect, it } from 'vitest';
import { workerAssignment } from './member-assignment.ts';
import { FlatWriter } from './wire/flat-writer.ts';

/** Assignment 2 of the Connect protocol (`sessioned`), as its schema in Kafka 4.3 lays it out. */
function assigned(own: [connector: string, tasks: number[]][]): Buffer {
  const writer = new FlatWriter().int16(2).int16(0);
  writer.string('worker-1', false).string('http://127.0.0.1:8083/', false).int64(42n);
  writer.count(own.length, false);
  for (const [connector, tasks] of own) {
    writer.string(connector, false).count(tasks.length, false);
    for (const task of tasks) writer.int32(task);
  }
  return writer.count(-1, false).int32(0).done();
}

describe('what a worker of Connect runs', () => {
  it('is its connectors with their tasks, -1 for the connector itself', () => {
    expect(
      workerAssignment(
        assigned([
          ['sink', [1, 0]],
          ['source', [-1, 0]],
        ]),
      ),
    ).toEqual([
      { connector: 'sink', tasks: [0, 1] },
      { connector: 'source', tasks: [-1, 0] },
    ]);
  });

  it('is nothing for one without an assignment, and unknown where it cannot be read', () => {
    expect(workerAssignment(Buffer.alloc(0))).toEqual([]);
    expect(workerAssignment(assigned([['sink', [0]]]).subarray(0, 30))).toBeNull();
  });
});
