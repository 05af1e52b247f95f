import { describe, expect, it } from 'vitest';
import { clientAddress, clientNetwork, parseTrustedProxies } from './client-address.ts';

const from = (peer: string | null, forwarded: string | null, trusted = '') => {
  const headers = new Headers();
  if (peer !== null) headers.set('x-millrace-peer', peer);
  if (forwarded !== null) headers.set('x-forwarded-for', forwarded);
  return clientAddress(headers, parseTrustedProxies(trusted));
};

describe('R8 client address', () => {
  it('does not believe X-Forwarded-For of a stranger', () => {
    expect(from('203.0.113.5', '1.1.1.1')).toBe('203.0.113.5');
    expect(from('203.0.113.5', '1.1.1.1', '10.0.0.0/8')).toBe('203.0.113.5');
  });

  it('walks back through trusted proxies only', () => {
    expect(from('10.0.0.1', '203.0.113.5', '10.0.0.0/8')).toBe('203.0.113.5');
    expect(from('10.0.0.1', '6.6.6.6, 203.0.113.5, 10.0.0.9', '10.0.0.0/8')).toBe('203.0.113.5');
    expect(from('::ffff:10.0.0.1', '203.0.113.5', '10.0.0.0/8')).toBe('203.0.113.5');
    expect(from('10.0.0.1', null, '10.0.0.0/8')).toBe('10.0.0.1');
    expect(from('10.0.0.1', 'nonsense', '10.0.0.0/8')).toBe('10.0.0.1');
    expect(from('10.0.0.1', '6.6.6.6, nonsense, 10.0.0.9', '10.0.0.0/8')).toBe('10.0.0.9');
  });

  it('says unknown when the socket was not seen', () => {
    expect(from(null, '1.1.1.1')).toBe('unknown');
    expect(from('', '1.1.1.1')).toBe('unknown');
  });

  it('counts an IPv6 client by its /64', () => {
    expect(clientNetwork('2001:db8:0:1:a:b:c:d')).toBe(clientNetwork('2001:db8:0:1:1:2:3:4'));
    expect(clientNetwork('192.0.2.1')).toBe('192.0.2.1');
    expect(clientNetwork('unknown')).toBe('unknown');
  });
});
