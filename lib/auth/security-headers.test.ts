import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, toastStyles } from './security-headers.ts';

describe('R24 content security policy', () => {
  it('names the stylesheet of the installed toast library', () => {
    const file = createRequire(import.meta.url)
      .resolve('sonner')
      .replace(/index\.js$/, 'index.mjs');
    const text = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(readFileSync(file, 'utf8'))?.[1];
    const hash = (css: string) => `sha256-${createHash('sha256').update(css).digest('base64')}`;
    expect(toastStyles).toEqual([hash(''), hash(JSON.parse(text ?? '""') as string)]);
  });

  it('allows nothing inline but by nonce, and evaluation only to developers', () => {
    const production = contentSecurityPolicy({ nonce: 'N', isHttps: true, isDevelopment: false });
    expect(production).toContain("script-src 'self' 'nonce-N' 'strict-dynamic';");
    expect(production.replace("style-src-attr 'unsafe-inline'", '')).not.toMatch(/unsafe-/);
    expect(production).toMatch(/upgrade-insecure-requests$/);
    const development = contentSecurityPolicy({ nonce: 'N', isHttps: false, isDevelopment: true });
    expect(development).toContain("'unsafe-eval'");
    expect(development).not.toContain('upgrade-insecure-requests');
  });
});
