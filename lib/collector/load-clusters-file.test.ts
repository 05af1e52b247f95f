import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadClustersFile } from './load-clusters-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clusters-file-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const settings = vi.hoisted(() => ({ path: '' }));
vi.mock('#lib/env.ts', async (original) => ({
  ...(await original<object>()),
  env: () => ({ MILLRACE_CLUSTERS_FILE: settings.path }),
}));

async function refusalOf(text: string): Promise<string> {
  settings.path = join(folder, 'clusters.json');
  writeFileSync(settings.path, text);
  return loadClustersFile().then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}

describe('R12: the clusters file', () => {
  it('names the line that is not JSON, and quotes none of it: passwords stand in it', async () => {
    const message = await refusalOf('{"clusters": [{\n"secrets": {"password": "hunter2" oops}}]}');
    expect(message).toContain('not JSON');
    expect(message).toMatch(/line 2\.$/);
    expect(message).not.toContain('hunter2');
    expect(await refusalOf('{"password": "hunter2')).not.toContain('hunter2');
    expect(await refusalOf('hunter2')).not.toContain('hunter2');
  });

  it('names the field that is wrong, and a file that is not there', async () => {
    expect(await refusalOf('{"clusters": [{"id": "a"}]}')).toContain('clusters.0.name');
    settings.path = join(folder, 'absent.json');
    await expect(loadClustersFile()).rejects.toThrow('cannot be read');
  });
});
