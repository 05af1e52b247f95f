import { describe, expect, it } from 'vitest';
import { guard } from './client.ts';

const failing = (code: string) => guard(() => Promise.reject(Object.assign(new Error('no'), { code })));

describe('guard', () => {
  it('F7: says that the disk is full, F5: that the server is not there, and hides no defect of ours', async () => {
    await expect(failing('53100')).rejects.toMatchObject({ code: 'database.full' });
    await expect(failing('57P03')).rejects.toMatchObject({ code: 'database.unavailable' });
    await expect(failing('42601')).rejects.toMatchObject({ code: '42601' });
  });
});
