import { createTransport } from 'nodemailer';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors/app-error.ts';
import { checkAddress } from '#lib/gateways/egress/check-address.ts';
import type { AlertMessage } from '#lib/model/alert-notice.ts';
import { factsOf, moreWords, oneLine, textOf } from './message-words.ts';
import { collapsed } from './post-json.ts';
import { type Receiver, type Taken, taken } from './receiver.ts';

const connectMs = 5_000;
const answerMs = 10_000;

/**
 * Sends a message by SMTP. The server's name is resolved and judged like any other address (R20), the connection goes to that
 * address, and TLS still verifies the name. A second try has the same Message-ID, by which mailboxes know it.
 * @throws AppError `egress.refused`, `channel.unreachable`, `channel.refused` with the reply code
 */
export async function sendEmail(
  { config, secrets, egress }: Receiver<'email'>,
  message: AlertMessage,
  signal?: AbortSignal,
): Promise<Taken> {
  const host = `${config.host}:${config.port}`;
  const pinned = await checkAddress(config.host.replace(/^\[|\]$/g, ''), config.port, {
    ...egress,
    profile: 'webhook',
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    throw collapsed(error, host);
  });
  const transport = createTransport({
    host: pinned.address,
    port: pinned.port,
    secure: config.security === 'tls',
    requireTLS: config.security === 'starttls',
    ignoreTLS: config.security === 'none',
    ...(config.username === '' ? {} : { auth: { user: config.username, pass: secrets.password ?? '' } }),
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(pinned.host === pinned.address ? {} : { servername: pinned.host }),
      ...(config.ca === undefined ? {} : { ca: config.ca }),
    },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
    // What a text holds must never become a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = env().publicOrigin.hostname;
  const onAbort = () => transport.close();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const { rejected } = await transport.sendMail({
      from: { name: 'Millrace', address: config.from },
      to: [...config.to],
      subject: oneLine(message.title, 200),
      text: textOf(message),
      html: htmlOf(message),
      messageId: `<${idPart(message.key)}@${domain}>`,
      // One conversation for all that is said of the same trouble.
      references: `<incident-${idPart(message.incidents[0]?.id ?? message.key)}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Millrace-Key': oneLine(message.key, 200) },
    });
    return rejected.length === 0
      ? taken
      : { note: `The mail server refused ${rejected.map((each) => oneLine(String(each), 254)).join(', ')}.` };
  } catch (error) {
    throw wordsOf(error, host);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    transport.close();
  }
}

const idPart = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 150);

type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

function wordsOf(error: unknown, host: string): AppError {
  const { code = '', responseCode, message = '' } = error as SmtpError;
  const unreachable = (reason: string) =>
    new AppError('channel.unreachable', { host, reason }, { cause: error });
  if (code === 'EAUTH') return unreachable('it refused the user and password');
  if (responseCode) return new AppError('channel.refused', { host, status: responseCode }, { cause: error });
  if (code === 'ETIMEDOUT') return unreachable('it did not answer in time');
  if (code === 'ETLS' || /certificate|TLS|SSL/i.test(message))
    return unreachable('its certificate or TLS was not accepted');
  if (/ECONNREFUSED/.test(message)) return unreachable('it refused the connection');
  return unreachable('the connection failed');
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const link = (url: string, text: string): string => `<a href="${escaped(url)}">${escaped(text)}</a>`;

function htmlOf(message: AlertMessage): string {
  const parts = message.incidents.map((incident) => {
    const rows = factsOf(incident).map(
      ([name, value]) =>
        `<tr><td style="color:#57676d;padding-right:12px;vertical-align:top">${escaped(name)}</td><td>${
          name === 'Runbook' ? link(value, value) : escaped(value)
        }</td></tr>`,
    );
    return `<p style="margin:16px 0 4px"><b>${escaped(oneLine(incident.summary))}</b></p><table>${rows.join('')}</table><p style="margin:4px 0">${link(incident.url, 'Open the incident')}</p>`;
  });
  return `<div style="font-family:sans-serif;font-size:14px;color:#101e24"><h1 style="font-size:18px">${escaped(oneLine(message.title))}</h1>${parts.join('')}<p>${escaped(moreWords(message))} ${link(message.url, 'All alerts')}</p></div>`;
}
