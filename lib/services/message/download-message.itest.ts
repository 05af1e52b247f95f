import { describe, expect, it } from 'vitest';
import { hashToken, randomToken } from '#lib/auth/random-token.ts';
import { insertAccessToken } from '#lib/gateways/database/access-tokens.ts';
import type { Role } from '#lib/model/principal.ts';
import { clusterId, topicSuite } from '#lib/testing/topic-suite.ts';
import { auditOf, makeAccount } from '#lib/testing/visitor.ts';
import { downloadMessage } from './download-message.ts';

/** The route behind “Download”, with a record whose bytes a browser would like to run. */
const suite = topicSuite('download');

const hostile = '<script>alert(1)</script><svg onload=alert(2)>';

async function tokenOf(role: Role): Promise<string> {
  const text = `mlr_${randomToken(256)}`;
  const userId = await makeAccount(role, `${role}-${randomToken(128)}@example.com`);
  await insertAccessToken({
    id: randomToken(128),
    userId,
    name: 'script',
    hash: hashToken(text),
    prefix: text.slice(0, 10),
    role,
    days: 1,
  });
  return text;
}

const download = async (token: string, topic: string, search = '', offset = '0') =>
  downloadMessage(
    new Request(`https://millrace.test/api/v1/download${search}`, {
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'a browser' },
    }),
    { params: Promise.resolve({ clusterId, topic, partition: '0', offset }) },
  );

describe('a field of a message as a file', () => {
  it('is an attachment of its exact bytes with a safe name, whatever they are (R25, P10)', async () => {
    const topic = await suite.create('poison');
    await suite.client.produce({
      topic,
      partition: 0,
      key: Buffer.from([0xff, 0xfe, 0x00]),
      value: Buffer.from(hostile),
      headers: [{ name: 'h', value: Buffer.from('of a header') }],
    });
    const token = await tokenOf('developer');
    const value = await download(token, topic);
    expect(value.status).toBe(200);
    expect(Object.fromEntries(value.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${topic}-0-0-value.bin"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(await value.text()).toBe(hostile);
    const key = await (await download(token, topic, '?field=key')).bytes();
    expect([...key]).toEqual([0xff, 0xfe, 0x00]);
    expect(await (await download(token, topic, '?field=header&header=0')).text()).toBe('of a header');

    const audit = (await auditOf('message.download')).filter((row) => row.target_id === topic);
    expect(audit.map(({ details }) => details.field)).toEqual(['value', 'key', 'header 0']);
    expect(JSON.stringify(audit)).not.toContain('script>');
  });

  it('is refused in words: to a viewer, to a stranger, where there is nothing', async () => {
    const topic = await suite.create('nothing');
    await suite.client.produce({ topic, partition: 0, key: null, value: null, headers: [] });
    const developer = await tokenOf('developer');
    const problems = await Promise.all([
      download(await tokenOf('viewer'), topic),
      download('mlr_unknown', topic),
      download(developer, topic),
      download(developer, topic, '', '7'),
      download(developer, topic, '?field=body'),
    ]);
    expect(problems.map(({ status }) => status)).toEqual([403, 401, 404, 404, 400]);
    const codes = await Promise.all(problems.map(async (problem) => (await problem.json()).code));
    expect(codes).toEqual([
      'auth.forbidden',
      'auth.required',
      'message.no-field',
      'message.not-yet',
      'input.invalid',
    ]);
  });
});
