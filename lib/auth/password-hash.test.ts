import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password-hash.ts';

describe('R7 password hashes', () => {
  it('are argon2id with 19 MiB and two passes, salted', async () => {
    const [a, b] = await Promise.all([hashPassword('the river turns'), hashPassword('the river turns')]);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(a).not.toBe(b);
    expect(await verifyPassword(a, 'the river turns')).toBe(true);
    expect(await verifyPassword(a, 'the river turn')).toBe(false);
    expect(await verifyPassword('not a hash', 'the river turns')).toBe(false);
  });

  it('take one way of writing a letter for the other', async () => {
    expect(
      await verifyPassword(await hashPassword('Mühlräder am Bach'), 'Mühlräder am Bach'.normalize('NFD')),
    ).toBe(true);
  });

  it('leave the event loop free while 40 wait, and run to the end', async () => {
    const phc = await hashPassword('the river turns');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, i) => verifyPassword(phc, i % 2 ? 'the river turns' : 'no')),
    );
    delay.disable();
    expect(results.filter(Boolean)).toHaveLength(20);
    expect(delay.percentile(90) / 1e6).toBeLessThan(100);
  });

  it('refuse to queue without end', async () => {
    const phc = await hashPassword('the river turns');
    const all = await Promise.allSettled(
      Array.from({ length: 403 }, () => verifyPassword('not a hash', phc)),
    );
    const refused = all.filter((r) => r.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { code: 'auth.busy' } });
  });
});
