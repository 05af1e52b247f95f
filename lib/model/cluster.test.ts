import { describe, expect, it } from 'vitest';
import { ClusterRegistry } from './cluster.ts';

const problem = (url: string, allowHttp = false): string | undefined =>
  ClusterRegistry.safeParse({ url, allowHttp, auth: { kind: 'none' } }).error?.issues[0]?.message;

describe('the address of a registry', () => {
  it('is https, or plain http where an admin says so', () => {
    expect(problem('https://registry.example.com/apis/ccompat/v7')).toBeUndefined();
    expect(problem('http://registry.example.com')).toBe(
      'Write https, or allow plain http for this registry.',
    );
    expect(problem('http://registry.example.com', true)).toBeUndefined();
  });

  it('holds no user, no query, and is one', () => {
    expect(problem('https://user:secret@registry.example.com')).toMatch('Leave the user out');
    expect(problem('https://registry.example.com/?a=b')).toMatch('without what follows');
    expect(problem('file:///etc/passwd')).toMatch('Write the http(s) address');
    expect(problem('registry')).toMatch('Write the http(s) address');
  });
});
