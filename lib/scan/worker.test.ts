import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Files and packages that a source file loads when it runs; type-only imports load nothing. */
function loads(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  return [...found].map((match) => match[1] as string);
}

function graph(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const target of loads(file)) {
      if (target.startsWith('#lib/')) visit(target.replace('#lib/', 'lib/'));
      else if (target.startsWith('.')) visit(join(file, '..', target));
      else packages.add(target);
    }
  };
  visit(entry);
  return { files, packages };
}

describe('what a scan worker loads', () => {
  const { files, packages } = graph('lib/scan/worker.ts');

  it('is nothing that reaches outside the process', () => {
    const allowed = /^(node:(buffer|crypto|worker_threads|zlib)|@bufbuild\/(cel|protobuf|re2)(\/\w+)*)$/;
    expect([...packages].filter((name) => !allowed.test(name))).toEqual([]);
  });

  it('lies in the rooms that a standalone build carries as sources', () => {
    expect(files.size).toBeGreaterThan(15);
    const rooms = /^lib\/(scan|serde|model)\//;
    expect([...files].filter((file) => !rooms.test(file))).toEqual([]);
  });
});
