import { afterEach, describe, expect, it } from 'vitest';
import { parseAllowList } from '#lib/gateways/egress/address-rules.ts';
import type { ChannelConfig, ChannelSecrets } from '#lib/model/alert-channel.ts';
import { httpReceiver, mailReceiver, sampleMessage, sampleNotice } from '#lib/testing/alert-receivers.ts';
import type { Receiver } from './receiver.ts';
import { sendMessage } from './send-message.ts';
import { sendWebhook, signatureOf } from './webhook.ts';

const open: { close: () => Promise<void> }[] = [];
const kept = async <T extends { close: () => Promise<void> }>(making: Promise<T>): Promise<T> => {
  const made = await making;
  open.push(made);
  return made;
};
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

const egress = { allow: parseAllowList('127.0.0.0/8') };
const to = (config: ChannelConfig, secrets: ChannelSecrets = {}, allowHttp = true): Receiver =>
  ({ config, secrets, allowHttp, egress }) as Receiver;
const signingKey = 'a signing key of thirty-two chars';
const webhook = { kind: 'webhook', headerName: '' } as const;
const email = (port: number, more = {}) =>
  ({
    kind: 'email',
    host: '127.0.0.1',
    port,
    security: 'none',
    username: '',
    from: 'millrace@example.com',
    to: ['ops@example.com', 'night@example.com'],
    ...more,
  }) as const;
const hostile = sampleNotice({
  subject: 'x\r\nBcc: thief@example.com\r\n\r\n<img src=x>',
  summary: 'Group <https://evil.example.com|click> [here](https://evil.example.com) & *bold*\r\nX-Forged: 1',
});

describe('R21: a webhook', () => {
  it('is signed with the time of the try, and has the same key each time', async () => {
    const receiver = await kept(httpReceiver());
    const channel = to(
      { ...webhook, headerName: 'Authorization' },
      { url: `${receiver.url}/hook?token=1`, signingKey, headerValue: 'Bearer abc' },
    );
    await sendWebhook(channel as Receiver<'webhook'>, sampleMessage(), undefined, 1_795_000_000_500);
    await sendMessage(channel, sampleMessage());
    const [first, second] = receiver.got;
    expect(first?.path).toBe('/hook?token=1');
    expect(first?.headers).toMatchObject({
      authorization: 'Bearer abc',
      'idempotency-key': 'opened-1',
      'x-millrace-timestamp': '1795000000',
      'x-millrace-signature': signatureOf(signingKey, '1795000000', first?.body ?? ''),
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({ version: 1, ...sampleMessage() });
    expect(second?.headers['idempotency-key']).toBe('opened-1');
    expect(second?.headers['x-millrace-signature']).not.toBe(first?.headers['x-millrace-signature']);
  });

  it('tells the status of a refusal and when to come again, and nothing of what was answered', async () => {
    const receiver = await kept(httpReceiver());
    const channel = to(webhook, { url: `${receiver.url}/hook?token=secret` });
    receiver.answers.push({ status: 500 }, { status: 429, headers: { 'retry-after': '90' } });
    const host = `127.0.0.1:${receiver.port}`;
    await expect(sendMessage(channel, sampleMessage())).rejects.toMatchObject({
      code: 'channel.refused',
      facts: { host, status: 500 },
    });
    await expect(sendMessage(channel, sampleMessage())).rejects.toMatchObject({
      facts: { host, status: 429, retryAfterSeconds: 90 },
    });
  });

  it('without its address is refused before anything is sent', async () => {
    await expect(sendMessage(to(webhook), sampleMessage())).rejects.toMatchObject({
      code: 'channel.incomplete',
      facts: { field: 'url' },
    });
  });
});

describe('R20: alerts go to public addresses', () => {
  it.each([
    'https://10.1.2.3/',
    'https://192.168.1.1/',
    'https://172.16.0.9/',
    'https://[fd12::1]/',
    'https://127.0.0.1/',
    'https://169.254.169.254/',
  ])('not to %s, unless it is listed', async (url) => {
    const channel = { config: webhook, secrets: { url }, allowHttp: false, egress: { allow: [] } };
    await expect(sendMessage(channel, sampleMessage())).rejects.toMatchObject({
      code: 'egress.refused',
      facts: { list: 'MILLRACE_NOTIFY_ALLOW' },
    });
  });

  it('and neither does mail', async () => {
    const channel = to({ ...email(25), host: '10.0.0.1', to: ['ops@example.com'] });
    await expect(
      sendMessage({ ...channel, egress: { allow: [] } } as Receiver, sampleMessage()),
    ).rejects.toMatchObject({
      code: 'egress.refused',
    });
  });

  it('over https, unless an admin allowed plain http', async () => {
    const receiver = await kept(httpReceiver());
    await expect(
      sendMessage(to(webhook, { url: receiver.url }, false), sampleMessage()),
    ).rejects.toMatchObject({
      code: 'egress.refused',
    });
    expect(receiver.got).toEqual([]);
  });
});

describe('e-mail', () => {
  it('reaches all addresses, by the name that was resolved once', async () => {
    const server = await kept(mailReceiver());
    let asked = 0;
    const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    const channel = to({
      ...email(server.port),
      host: 'mail.example.com',
      to: ['ops@example.com', 'night@example.com'],
    });
    await sendMessage({ ...channel, egress: { ...egress, resolve } } as Receiver, sampleMessage());
    expect(asked).toBe(1);
    expect(server.got).toMatchObject([
      { from: 'millrace@example.com', to: ['ops@example.com', 'night@example.com'] },
    ]);
    const text = server.got[0]?.text ?? '';
    expect(text).toContain('Subject: Critical on EU production: Broker 3 does not answer.');
    expect(text).toContain('Message-ID: <opened-1@');
    expect(text).toContain('Look into its log, then start it.');
  });

  it('has no head that a name could write, and no markup', async () => {
    const server = await kept(mailReceiver());
    const title = 'Trouble\r\nBcc: thief@example.com';
    await sendMessage(
      to({ ...email(server.port), to: ['ops@example.com'] }),
      sampleMessage({ title, incidents: [hostile] }),
    );
    const { text = '', to: reached } = server.got[0] ?? {};
    expect(reached).toEqual(['ops@example.com']);
    const head = text.slice(0, text.indexOf('\r\n\r\n'));
    expect(head).not.toMatch(/^(Bcc|X-Forged):/im);
    expect(text.slice(text.indexOf('text/html'))).not.toContain('<img src');
  });

  it('links the whole address of the runbook', async () => {
    const server = await kept(mailReceiver());
    const runbook = `https://wiki.example.com/${'z'.repeat(600)}-end`;
    await sendMessage(
      to({ ...email(server.port), to: ['ops@example.com'] }),
      sampleMessage({ incidents: [sampleNotice({ runbook })] }),
    );
    const text = (server.got[0]?.text ?? '').replace(/=\r\n/g, '');
    expect(text.slice(text.indexOf('text/html'))).toContain(`${runbook.slice(8)}"`);
  });

  it('says which address was refused when others were reached', async () => {
    const server = await kept(
      mailReceiver({
        onRcptTo: ({ address }, _session, done) =>
          done(address.startsWith('night') ? new Error('no such box') : null),
      }),
    );
    expect(
      await sendMessage(
        to({ ...email(server.port), to: ['ops@example.com', 'night@example.com'] }),
        sampleMessage(),
      ),
    ).toEqual({ note: 'The mail server refused night@example.com.' });
    expect(server.got).toHaveLength(1);
  });

  it('is not sent without TLS where TLS is wanted', async () => {
    const server = await kept(mailReceiver());
    const channel = to({ ...email(server.port), security: 'starttls', to: ['ops@example.com'] });
    await expect(sendMessage(channel, sampleMessage())).rejects.toMatchObject({ code: /^channel\./ });
    expect(server.got).toEqual([]);
  });

  it('that the server refuses is told by its code, and a silent server by its silence', async () => {
    const server = await kept(mailReceiver({ onMailFrom: (_a, _s, done) => done(new Error('no')) }));
    await expect(
      sendMessage(to({ ...email(server.port), to: ['ops@example.com'] }), sampleMessage()),
    ).rejects.toMatchObject({ code: 'channel.refused', facts: { status: 550 } });
    await server.close();
    await expect(
      sendMessage(to({ ...email(server.port), to: ['ops@example.com'] }), sampleMessage()),
    ).rejects.toMatchObject({ code: 'channel.unreachable' });
  });
});

describe('services', () => {
  const bodies = async (config: ChannelConfig, secrets: ChannelSecrets, more = {}) => {
    const receiver = await kept(httpReceiver());
    const at = 'apiUrl' in config ? { ...config, apiUrl: receiver.url } : config;
    const own = secrets.url === '' ? { url: `${receiver.url}/hook` } : secrets;
    await sendMessage(to(at, own), sampleMessage(more));
    return receiver.got.map(({ path, headers, body }) => ({ path, headers, body: JSON.parse(body) }));
  };

  it('Slack gets no markup out of names', async () => {
    const [got] = await bodies({ kind: 'slack' }, { url: '' }, { incidents: [hostile] });
    const text = got?.body.blocks[1].text.text as string;
    expect(text).not.toContain('<https://evil');
    expect(text).toContain('&lt;https://evil.example.com|click&gt;');
    expect(text).toContain('<https://millrace.example.com/alerts/incidents/incident-1|Open the incident>');
    expect(got?.body.blocks[0].text).toMatchObject({ type: 'plain_text', emoji: false });
  });

  it('Slack gets the runbook as a link that leads there', async () => {
    const long = `https://wiki.example.com/a_b~c?x=1&y=<2>|${'z'.repeat(600)}_end`;
    const [got] = await bodies(
      { kind: 'slack' },
      { url: '' },
      { incidents: [sampleNotice({ runbook: long })] },
    );
    const text = got?.body.blocks[1].text.text as string;
    const linked = `https://wiki.example.com/a_b~c?x=1&amp;y=&lt;2&gt;%7C${'z'.repeat(600)}_end`;
    expect(text).toContain(`<${linked}|Runbook>`);
    expect(text).toContain('incident-1|Open the incident>');
    expect(text).not.toContain('Runbook:');
    const most = sampleNotice({
      runbook: `https://wiki.example.com/${'r'.repeat(1_950)}`,
      advice: 'x'.repeat(500),
    });
    const [full] = await bodies({ kind: 'slack' }, { url: '' }, { incidents: [most] });
    expect(full?.body.blocks[1].text.text.length).toBeLessThanOrEqual(3_000);
    expect(full?.body.blocks[1].text.text).toMatch(/r\|Runbook>/);
  });

  it('Teams gets runs of text, which know no markup', async () => {
    const [got] = await bodies({ kind: 'teams' }, { url: '' }, { incidents: [hostile] });
    const { content } = got?.body.attachments[0] ?? {};
    expect(content.type).toBe('AdaptiveCard');
    expect(content.body.every((block: { type: string }) => block.type === 'RichTextBlock')).toBe(true);
  });

  it('PagerDuty gets an event for each incident, and its end under the same key', async () => {
    const two = [sampleNotice(), sampleNotice({ id: 'incident-2', severity: 'note' })];
    const config = { kind: 'pagerduty', apiUrl: '' } as const;
    const opened = await bodies(config, { key: 'R0UTE' }, { incidents: two });
    expect(opened.map(({ path }) => path)).toEqual(['/v2/enqueue', '/v2/enqueue']);
    expect(opened.map(({ body }) => body)).toMatchObject([
      {
        routing_key: 'R0UTE',
        event_action: 'trigger',
        dedup_key: 'millrace-incident-1',
        payload: { severity: 'critical' },
      },
      { dedup_key: 'millrace-incident-2', payload: { severity: 'info' } },
    ]);
    const ended = await bodies(config, { key: 'R0UTE' }, { kind: 'resolved', incidents: two });
    expect(ended.map(({ body }) => body)).toEqual([
      { routing_key: 'R0UTE', event_action: 'resolve', dedup_key: 'millrace-incident-1' },
      { routing_key: 'R0UTE', event_action: 'resolve', dedup_key: 'millrace-incident-2' },
    ]);
    const tried = await bodies(config, { key: 'R0UTE' }, { kind: 'test' });
    expect(tried.map(({ body }) => body.event_action)).toEqual(['trigger', 'resolve']);
  });

  it('Opsgenie gets an alert under an alias, and closes it', async () => {
    const config = { kind: 'opsgenie', apiUrl: '', teams: ['Platform'] } as const;
    const [opened] = await bodies({ ...config, teams: ['Platform'] }, { key: 'G3N' });
    expect(opened).toMatchObject({
      path: '/v2/alerts',
      headers: { authorization: 'GenieKey G3N' },
      body: {
        alias: 'millrace-incident-1',
        priority: 'P1',
        responders: [{ name: 'Platform', type: 'team' }],
      },
    });
    const [ended] = await bodies({ ...config, teams: [] }, { key: 'G3N' }, { kind: 'resolved' });
    expect(ended?.path).toBe('/v2/alerts/millrace-incident-1/close?identifierType=alias');
  });
});
