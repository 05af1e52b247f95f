import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('databaseSettings', () => {
  it('takes the address of the database from a file, without its line end', () => {
    const path = join(folder, 'database-url');
    writeFileSync(path, 'postgresql://a:b@database:5432/a\n');
    expect(databaseSettings({ DATABASE_URL_FILE: path }).url).toBe('postgresql://a:b@database:5432/a');
    expect(databaseSettings({ DATABASE_URL_FILE: path, DATABASE_URL: 'postgresql://c' }).url).toBe(
      'postgresql://c',
    );
  });

  it('names the file that is missing or empty, and never falls back to the built-in server', () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    for (const path of [empty, join(folder, 'absent')]) {
      expect(() => databaseSettings({ DATABASE_URL_FILE: path })).toThrow(
        expect.objectContaining({
          code: 'database.refused',
          facts: { reason: expect.stringContaining(path) },
        }),
      );
    }
  });
});
