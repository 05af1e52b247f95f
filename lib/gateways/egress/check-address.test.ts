import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/errors/app-error.ts';
import { parseAllowList } from './address-rules.ts';
import { checkAddress } from './check-address.ts';
import { egressFetch } from './egress-fetch.ts';

const names: Record<string, string[]> = {
  'kafka.example.com': ['10.1.2.3'],
  'public.example.com': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'half.example.com': ['93.184.215.14', '169.254.169.254'],
  'inside.example.com': ['127.0.0.1'],
  'mapped.example.com': ['::ffff:169.254.169.254'],
  localhost: ['::1', '127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'empty.example.com': [],
};
const resolve = async (name: string) => {
  const found = names[name.replace(/\.$/, '')];
  if (!found) throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

const outcome = async (url: string, allow = '') => {
  const target = new URL(url);
  const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
  try {
    const pinned = await checkAddress(target.hostname, port, { allow: parseAllowList(allow), resolve });
    return pinned.address;
  } catch (error) {
    return error instanceof AppError ? error.code : `defect: ${String(error)}`;
  }
};

describe('R20 egress, infrastructure profile', () => {
  it.each([
    // Allowed: the internet, and the private networks where clusters live.
    ['https://93.184.215.14/', '93.184.215.14'],
    ['https://public.example.com/', '93.184.215.14'],
    ['https://kafka.example.com:8081/', '10.1.2.3'],
    ['https://10.0.0.1/', '10.0.0.1'],
    ['https://172.16.5.4:9092/', '172.16.5.4'],
    ['https://192.168.1.1/', '192.168.1.1'],
    ['https://[fd12:3456::1]/', 'fd12:3456:0:0:0:0:0:1'],
    ['https://[2606:4700::1111]/', '2606:4700:0:0:0:0:0:1111'],
    // Loopback, in every way of writing it.
    ['https://127.0.0.1/', 'egress.refused'],
    ['https://127.255.255.254/', 'egress.refused'],
    ['https://2130706433/', 'egress.refused'],
    ['https://017700000001/', 'egress.refused'],
    ['https://0177.0.0.1/', 'egress.refused'],
    ['https://0x7f.0.0.1/', 'egress.refused'],
    ['https://0x7f000001/', 'egress.refused'],
    ['https://127.1/', 'egress.refused'],
    ['https://%31%32%37.0.0.1/', 'egress.refused'],
    ['https://①②⑦.0.0.1/', 'egress.refused'],
    ['https://[::1]/', 'egress.refused'],
    ['https://[::]/', 'egress.refused'],
    ['https://[::ffff:127.0.0.1]/', 'egress.refused'],
    ['https://[::ffff:7f00:1]/', 'egress.refused'],
    ['https://[::127.0.0.1]/', 'egress.refused'],
    ['https://localhost/', 'egress.refused'],
    ['https://inside.example.com/', 'egress.refused'],
    ['https://inside.example.com./', 'egress.refused'],
    // Metadata and link-local.
    ['https://169.254.169.254/latest/meta-data/', 'egress.refused'],
    ['https://metadata.google.internal/', 'egress.refused'],
    ['https://2852039166/', 'egress.refused'],
    ['https://[::ffff:a9fe:a9fe]/', 'egress.refused'],
    ['https://mapped.example.com/', 'egress.refused'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'egress.refused'],
    ['https://[64:ff9b:1::a9fe:a9fe]/', 'egress.refused'],
    ['https://[2002:a9fe:a9fe::1]/', 'egress.refused'],
    ['https://[fd00:ec2::254]/', 'egress.refused'],
    ['https://[fe80::1]/', 'egress.refused'],
    ['https://168.63.129.16/', 'egress.refused'],
    ['https://192.0.0.192/', 'egress.refused'],
    // Others nobody means.
    ['https://0.0.0.0/', 'egress.refused'],
    ['https://100.100.100.200/', 'egress.refused'],
    ['https://224.0.0.1/', 'egress.refused'],
    ['https://255.255.255.255/', 'egress.refused'],
    ['https://[ff02::1]/', 'egress.refused'],
    // One bad address among good ones is enough.
    ['https://half.example.com/', 'egress.refused'],
    ['https://nowhere.example.com/', 'egress.unresolved'],
    ['https://empty.example.com/', 'egress.unresolved'],
  ])('%s → %s', async (url, expected) => {
    expect(await outcome(url)).toBe(expected);
  });

  it.each([
    '0177.0.0.1',
    '2130706433',
    '0x7f.1',
    '127.1',
    'a b',
    '',
    'fe80::1%eth0',
    '[::1',
    'x'.repeat(254),
    'h/../i',
    'user@h',
  ])('a broker may not be called %j', async (host) => {
    await expect(checkAddress(host, 9092, { allow: [], resolve })).rejects.toMatchObject({
      code: 'egress.refused',
    });
  });

  it('opens listed ranges, on listed ports only', async () => {
    expect(await outcome('https://127.0.0.1:9092/', '127.0.0.0/8')).toBe('127.0.0.1');
    expect(await outcome('https://127.0.0.1:9092/', '127.0.0.0/8:9092')).toBe('127.0.0.1');
    expect(await outcome('https://127.0.0.1:9095/', '127.0.0.0/8:9092-9094')).toBe('egress.refused');
    expect(await outcome('https://[::1]:9092/', '[::1/128]:9092')).toBe('0:0:0:0:0:0:0:1');
    expect(await outcome('https://[::1]:9093/', '[::1]:9092, ::2')).toBe('egress.refused');
    expect(await outcome('https://localhost/', '127.0.0.0/8')).toBe('egress.refused');
    expect(await outcome('https://localhost/', '127.0.0.0/8,::1')).toBe('127.0.0.1');
    // A listed IPv4 range does not open the IPv6 ways of writing it.
    expect(await outcome('https://[::ffff:127.0.0.1]/', '127.0.0.0/8')).toBe('egress.refused');
  });

  it.each(['127.0.0.1/8', 'localhost', '10.0.0.0/8:0', '10.0.0.0/8:70000', '10.0.0.0/8:9-8', '::1:9092:x'])(
    'does not start with the list %j',
    (text) => {
      expect(() => parseAllowList(text)).toThrow(/MILLRACE_EGRESS_ALLOW/);
    },
  );

  it('gives up on a name server that does not answer when the caller does', async () => {
    const controller = new AbortController();
    const asked = checkAddress('kafka.example.com', 9092, {
      allow: [],
      resolve: () => new Promise(() => {}),
      signal: controller.signal,
    });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'egress.unresolved' });
  });

  it.each([
    'http://93.184.215.14/',
    'file:///etc/passwd',
    'gopher://10.0.0.1/',
    'https://u:p@10.0.0.1/',
    'nonsense',
  ])('does not fetch %s', async (url) => {
    await expect(egressFetch(url, { allow: [], resolve })).rejects.toMatchObject({ code: 'egress.refused' });
  });
});
