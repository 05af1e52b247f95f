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

/** Packages, by name, that these files require, and all that those depend on. */
function requiredBy(files: Iterable<string>): Set<string> {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    const { dependencies } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
    for (const inner of Object.keys(dependencies ?? {})) visit(inner);
  };
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!text.includes('createRequire')) continue;
    for (const name of ['ajv', 'protobufjs', 'avsc']) if (text.includes(`'${name}`)) visit(name);
  }
  return needed;
}

describe('what a scan worker loads', () => {
  const { files, packages } = graph('lib/scan/worker.ts');

  it('is nothing that reaches outside the process', () => {
    const allowed =
      /^(node:(buffer|crypto|module|worker_threads|zlib)|@bufbuild\/(cel|protobuf|re2)(\/\w+)*)$/;
    expect([...packages].filter((name) => !allowed.test(name))).toEqual([]);
  });

  it('lies in the rooms that a standalone build carries as sources', () => {
    expect(files.size).toBeGreaterThan(15);
    const rooms = /^lib\/(scan|serde|model)\//;
    expect([...files].filter((file) => !rooms.test(file))).toEqual([]);
  });

  it('is in a standalone build, package by package', () => {
    const needed = requiredBy(files);
    for (const name of packages) if (name.startsWith('@bufbuild/')) needed.add('@bufbuild');
    const config = readFileSync('next.config.js', 'utf8');
    const carried = new Set(
      [...config.matchAll(/'\.\/node_modules\/(.+)\/\*\*\/\*'/g)].map((match) => match[1]),
    );
    expect([...needed].filter((name) => !carried.has(name))).toEqual([]);
    expect(needed.size).toBeGreaterThan(4);
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const name of ['ajv', 'protobufjs', '@bufbuild/cel'])
      expect(dependencies, 'a runtime dependency').toHaveProperty([name]);
  });
});
