import { afterAll, describe, expect, it } from 'vitest';
import { MemoryLog } from '#lib/testing/memory-log.ts';
import { compress, markerBatch } from '#lib/testing/record-batches.ts';
import { browse } from './browse.ts';
import { ScanPool } from './pool.ts';
import { readMessage, readMessageField } from './read-message.ts';

const pool = new ScanPool({ root: process.cwd(), size: 1 });
afterAll(() => pool.close());
const read = (log: MemoryLog, offset: bigint, partition = 0) => readMessage(log, pool, { partition, offset });
const header = (name: string | Buffer, value: Buffer | null): [Buffer, Buffer | null] => [
  Buffer.from(name),
  value,
];

describe('one message', () => {
  it('has its headers in order, repeated and binary (P2)', async () => {
    const log = new MemoryLog(1);
    const headers = [
      header('trace', Buffer.from('a')),
      header('other', null),
      header('trace', Buffer.from([0xff, 0xfe])),
      header(Buffer.from([0xff]), Buffer.alloc(0)),
    ];
    log
      .at(0)
      .append([{ offset: 0n, timestamp: 1_700_000_000_123n, key: Buffer.alloc(0), value: null, headers }], {
        codec: 'lz4',
        producerId: 77n,
      });
    const message = await read(log, 0n);
    expect(message.headers.map(({ name, nameBase64, value }) => [name, nameBase64, value?.text])).toEqual([
      ['trace', null, 'a'],
      ['other', null, undefined],
      ['trace', null, 'ff fe'],
      ['\ufffd', '/w==', ''],
    ]);
    expect(message).toMatchObject({
      offset: '0',
      timestamp: '2023-11-14T22:13:20.123Z',
      timestampType: 'create',
      key: { text: '', sizeBytes: 0, reason: 'Empty: zero bytes.' },
      value: null,
      headerCount: 4,
      transaction: 'none',
      batch: { magic: 2, codec: 'lz4', producerId: '77', crc: 'ok', records: 1 },
    });
  });

  it('shows some of ten thousand headers and their count (P2)', async () => {
    const log = new MemoryLog(1);
    const headers = Array.from({ length: 10_000 }, (_, i) => header(`h${i}`, Buffer.from(`${i}`)));
    log.at(0).append([{ offset: 0n, headers }]);
    const message = await read(log, 0n);
    expect(message.headerCount).toBe(10_000);
    expect(message.headers).toHaveLength(500);
    const last = await readMessageField(log, pool, { partition: 0, offset: 0n }, { header: 9_999 });
    expect(Buffer.from(last ?? []).toString()).toBe('9999');
  });

  it('says what became of its transaction', async () => {
    const log = new MemoryLog(1);
    const part = log.at(0);
    const of = { producerId: 5n, isTransactional: true };
    part.append([{ offset: 0n }], of).appendBytes(1n, 1n, markerBatch(1n, 5n, 'commit'));
    part.append([{ offset: 2n }], of).appendBytes(3n, 3n, markerBatch(3n, 5n, 'abort'));
    part.aborted.push({ producerId: 5n, firstOffset: 2n, lastOffset: 3n });
    part.append([{ offset: 4n }], of);
    part.lastStable = 4n;
    const states = [];
    for (const offset of [0n, 2n, 4n]) states.push((await read(log, offset)).transaction);
    expect(states).toEqual(['committed', 'aborted', 'open']);
    await expect(read(log, 1n)).rejects.toMatchObject({ code: 'message.absent' });
  });

  it('is refused with the reason why it is not there', async () => {
    const log = new MemoryLog(1);
    log.at(0).append([{ offset: 5n }], { baseOffset: 5n, lastOffset: 20n });
    log.at(0).append([], {
      codec: 'gzip',
      body: compress('gzip', Buffer.alloc(200_000_000)),
      baseOffset: 21n,
      lastOffset: 22n,
      recordCount: 2,
    });
    log.at(0).start = 5n;
    await expect(read(log, 2n)).rejects.toMatchObject({ code: 'message.expired', facts: { start: '5' } });
    await expect(read(log, 12n)).rejects.toMatchObject({ code: 'message.absent' });
    await expect(read(log, 21n)).rejects.toMatchObject({ code: 'message.unreadable' });
    await expect(read(log, 23n)).rejects.toMatchObject({ code: 'message.not-yet' });
    await expect(read(log, 99n)).rejects.toMatchObject({ code: 'message.not-yet', facts: { end: '23' } });
    await expect(read(log, 5n, 3)).rejects.toMatchObject({ code: 'message.partition-unknown' });
    const place = { partition: 0, offset: 5n, topicId: 'older' };
    await expect(readMessage(log, pool, place)).rejects.toMatchObject({ code: 'topic.recreated' });
    log.dead.add(1);
    await expect(read(log, 5n)).rejects.toMatchObject({ code: 'message.unavailable' });
  });

  it('is cut in the list and in the detail, and whole in a download (P1)', async () => {
    const log = new MemoryLog(1);
    const value = Buffer.alloc(10_000_000, 'ä');
    log.at(0).append([{ offset: 0n, value }], { codec: 'zstd' });
    const page = await browse(log, pool, {
      range: { order: 'newest', from: null, to: null },
      partitions: null,
      isolation: 'read_committed',
      pageSize: 50,
    });
    expect(page.rows[0]?.value).toMatchObject({ serde: 'text', shownBytes: 20_480, sizeBytes: 10_000_000 });
    const message = await read(log, 0n);
    expect(message.value).toMatchObject({ shownBytes: 1_048_576, base64: null });
    const whole = await readMessageField(log, pool, { partition: 0, offset: 0n }, 'value');
    expect(Buffer.from(whole ?? []).equals(value)).toBe(true);
    expect(await readMessageField(log, pool, { partition: 0, offset: 0n }, 'key')).toBeNull();
  });
});
