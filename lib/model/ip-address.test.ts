import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIp, isInCidr, networkOf, parseCidr, parseIp, unmapped } from './ip-address.ts';

describe('ip addresses', () => {
  it.each([
    '0177.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '127.1',
    '127.0.0.1.',
    '256.1.1.1',
    '1.2.3',
    '01.2.3.4',
    '',
    ':::',
    '1::2::3',
    'fe80::1%eth0',
    '::ffff:1.2.3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '::g',
    '1.2.3.4::',
    '::1.2.3.4:5',
  ])('does not read %j', (text) => {
    expect(parseIp(text)).toBeNull();
  });

  it('reads every IPv6 form of one address alike', () => {
    const value = parseIp('2001:db8:0:0:0:0:102:304')?.value;
    expect(parseIp('2001:db8::1.2.3.4')?.value).toBe(value);
    expect(parseIp('2001:0DB8::0102:0304')?.value).toBe(value);
    expect(parseIp('::')?.value).toBe(0n);
    expect(parseIp('::1')?.value).toBe(1n);
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        expect(parseIp(formatIp({ version: 6, value }))).toEqual({ version: 6, value });
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(formatIp(parseIp(text)!)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        expect(parseIp(text)).not.toBeNull();
      }),
    );
  });

  it('judges ranges at their edges', () => {
    const cgnat = parseCidr('100.64.0.0/10')!;
    expect(isInCidr(parseIp('100.63.255.255')!, cgnat)).toBe(false);
    expect(isInCidr(parseIp('100.64.0.0')!, cgnat)).toBe(true);
    expect(isInCidr(parseIp('100.127.255.255')!, cgnat)).toBe(true);
    expect(isInCidr(parseIp('100.128.0.0')!, cgnat)).toBe(false);
    expect(isInCidr(parseIp('255.255.255.255')!, parseCidr('0.0.0.0/0')!)).toBe(true);
    expect(parseCidr('10.0.0.1/8')).toBeNull();
    expect(parseCidr('10.0.0.0/33')).toBeNull();
    expect(parseCidr('10.0.0.0/')).toBeNull();
  });

  it('takes a mapped peer for its IPv4 address', () => {
    expect(formatIp(unmapped(parseIp('::ffff:192.0.2.7')!))).toBe('192.0.2.7');
    expect(networkOf(parseIp('2001:db8:1:2:3:4:5:6')!, 64)).toBe('2001:db8:1:2:0:0:0:0/64');
  });
});
