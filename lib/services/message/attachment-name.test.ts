import { describe, expect, it } from 'vitest';
import { attachmentName } from './attachment-name.ts';

describe('the name of a downloaded field (P15)', () => {
  it.each([
    ['shop.orders.v1', 'shop.orders.v1-3-9-value.bin'],
    ['../../etc/passwd', '_.._etc_passwd-3-9-value.bin'],
    ['a"; filename="b.html', 'a___filename__b.html-3-9-value.bin'],
    ['\r\nSet-Cookie: x', '__Set-Cookie__x-3-9-value.bin'],
    ['…', '_-3-9-value.bin'],
  ])('of topic %j is safe', (topic, name) => {
    expect(attachmentName(topic, 3, '9', 'value')).toBe(name);
  });
});
