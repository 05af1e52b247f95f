import { describe, expect, it } from 'vitest';
import { workerAssignment } from './member-assignment.ts';
import { FlatWriter } from './wire/flat-writer.ts';

type Runs = [connector: string, tasks: number[]][];

function writeRuns(writer: FlatWriter, runs: Runs | null): void {
  writer.count(runs?.length ?? -1, false);
  for (const [connector, tasks] of runs ?? []) {
    writer.string(connector, false).count(tasks.length, false);
    for (const task of tasks) writer.int32(task);
  }
}

/** Assignment 2 of the Connect protocol (`sessioned`), as its schema in Kafka 4.3 lays it out. */
function assignment(own: Runs | null, revoked: Runs | null = null): Buffer {
  const writer = new FlatWriter().int16(2).int16(0);
  writer.string('worker-1', false).string('http://127.0.0.1:8083/', false).int64(42n);
  writeRuns(writer, own);
  writeRuns(writer, revoked);
  return writer.int32(0).done();
}

/** What a worker joins with: its address, its config offset, what it runs. */
function metadata(held: Runs): Buffer {
  const bytes = assignment(held);
  const head = new FlatWriter().int16(2).string('http://127.0.0.1:8083/', false).int64(42n);
  return Buffer.concat([head.int32(bytes.length).done(), bytes]);
}

describe('what a worker of Connect runs', () => {
  it('is its connectors with their tasks, -1 for the connector itself', () => {
    const own: Runs = [
      ['source', [-1, 0]],
      ['sink', [1, 0]],
    ];
    expect(workerAssignment(assignment(own), metadata([]))).toEqual([
      { connector: 'sink', tasks: [0, 1] },
      { connector: 'source', tasks: [-1, 0] },
    ]);
  });

  it('is what it had, less what was taken, and what is new: an assignment tells the difference only', () => {
    const held: Runs = [
      ['sink', [-1]],
      ['source', [-1, 0]],
    ];
    expect(workerAssignment(assignment([['sink', [0]]], [['source', [-1, 0]]]), metadata(held))).toEqual([
      { connector: 'sink', tasks: [-1, 0] },
    ]);
  });

  it('is nothing for one without an assignment, and unknown where it cannot be read', () => {
    expect(workerAssignment(Buffer.alloc(0), Buffer.alloc(0))).toEqual([]);
    expect(workerAssignment(assignment([['sink', [0]]]).subarray(0, 30), Buffer.alloc(0))).toBeNull();
  });
});
