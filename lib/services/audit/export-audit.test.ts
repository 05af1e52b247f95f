import { beforeEach, describe, expect, it, vi } from 'vitest';
import { announceRevoked } from '#lib/auth/on-revoked.ts';
import type { AuditEntry } from '#lib/model/audit.ts';
import type { Context } from '#lib/operations/context.ts';
import { contextAs } from '#lib/testing/principals.ts';
import { exportAudit } from './export-audit.ts';

const seen = vi.hoisted(() => ({
  context: null as unknown,
  read: vi.fn(async () => {}),
  denied: vi.fn(async () => {}),
  pieces: 0,
  isEnded: false,
}));
vi.mock('#lib/audit/record.ts', () => ({ recordRead: seen.read, recordDenied: seen.denied }));
vi.mock('#lib/operations/context.ts', () => ({ contextOf: async () => seen.context }));

const row = (seq: number): AuditEntry => ({
  ...{ seq: String(seq), operationId: `op-${seq}`, at: '2026-11-21T10:00:00.000Z', endedAt: null },
  ...{ outcome: 'succeeded', actorId: 'u', actorName: '=cmd()', actorRole: 'admin', actorVia: 'session' },
  ...{ ip: null, userAgent: null, requestId: null, action: 'topic.create', targetType: 'topic' },
  ...{ targetId: 'a,b', clusterId: 'test', details: { partitions: 3 }, result: null, errorCode: null },
});
/** An audit of a million pieces: no export of it may read further than its reader does. */
async function* endless() {
  try {
    for (seen.pieces = 0; seen.pieces < 1_000_000; seen.pieces++) yield [row(seen.pieces)];
  } finally {
    seen.isEnded = true;
  }
}
const found = vi.hoisted(() => ({ stream: null as unknown as () => AsyncGenerator<AuditEntry[]> }));
vi.mock('#lib/gateways/database/audit-search.ts', () => ({ streamAudit: () => found.stream() }));

const ask = () => exportAudit(new Request('http://localhost/api/v1/audit/export?range=1h'));

beforeEach(() => {
  vi.clearAllMocks();
  Object.assign(seen, { context: contextAs('admin'), isEnded: false });
  found.stream = endless;
});

describe('exportAudit', () => {
  it('writes the export down, then gives all that was found, with formulas made harmless (R25)', async () => {
    found.stream = async function* () {
      yield [row(1)];
      yield [row(2)];
    };
    const lines = (await (await ask()).text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain(`'=cmd()`);
    expect(lines[1]).toContain('"a,b"');
    expect(lines[1]).toContain('"{""partitions"":3}"');
    expect(seen.read).toHaveBeenCalledOnce();
  });

  it('refuses who may not, and writes that down', async () => {
    seen.context = contextAs('operator');
    expect((await ask()).status).toBe(403);
    expect(seen.denied).toHaveBeenCalledOnce();
    expect(seen.read).not.toHaveBeenCalled();
  });

  it('reads no further than its reader, and stops when the reader leaves', async () => {
    const reader = (await ask()).body!.getReader();
    for (let i = 0; i < 4; i++) await reader.read();
    expect(seen.pieces).toBeLessThan(10);
    await reader.cancel();
    expect(seen.isEnded).toBe(true);
  });

  it('breaks off when the reader may no longer look (R5)', async () => {
    const reader = (await ask()).body!.getReader();
    await reader.read();
    announceRevoked({ userId: (seen.context as Context).principal.userId });
    await expect(
      (async () => {
        for (;;) if ((await reader.read()).done) return;
      })(),
    ).rejects.toMatchObject({ code: 'auth.required' });
  });
});
