import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { AlertMessage, NoticeIncident } from '#lib/model/alert-notice.ts';

/** One request as a receiver got it. */
export type GotRequest = { path: string; headers: http.IncomingHttpHeaders; body: string };

export type HttpReceiver = {
  url: string;
  port: number;
  got: GotRequest[];
  /** How the next requests are answered; 200 when nothing is left. */
  answers: { status: number; headers?: Record<string, string> }[];
  close: () => Promise<void>;
};

/** A receiver of webhooks on loopback that keeps what it gets. */
export async function httpReceiver(): Promise<HttpReceiver> {
  const got: GotRequest[] = [];
  const answers: HttpReceiver['answers'] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const answer = answers.shift() ?? { status: 200 };
      response.writeHead(answer.status, answer.headers).end('ok');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    got,
    answers,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

export type GotMail = { from: string; to: string[]; text: string };
export type MailReceiver = { port: number; got: GotMail[]; close: () => Promise<void> };

/** A mail server on loopback that keeps what it gets. */
export async function mailReceiver(options: SMTPServerOptions = {}): Promise<MailReceiver> {
  const got: GotMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        got.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    port: (server.server.address() as AddressInfo).port,
    got,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

export const sampleNotice = (more: Partial<NoticeIncident> = {}): NoticeIncident => ({
  id: 'incident-1',
  ruleId: 'rule-1',
  ruleName: 'Broker down',
  severity: 'critical',
  clusterId: 'eu',
  clusterName: 'EU production',
  environment: 'production',
  series: 'broker.up',
  subject: '3',
  summary: 'Broker 3 does not answer.',
  openedAt: '2026-11-21T15:41:07.000Z',
  resolvedAt: null,
  resolution: null,
  now: 'Does not answer',
  owner: 'Platform team',
  advice: 'Look into its log, then start it.',
  runbook: 'https://wiki.example.com/kafka/broker-down',
  url: 'https://millrace.example.com/alerts/incidents/incident-1',
  ...more,
});

export const sampleMessage = (more: Partial<AlertMessage> = {}): AlertMessage => ({
  key: 'opened-1',
  kind: 'opened',
  title: 'Critical on EU production: Broker 3 does not answer.',
  severity: 'critical',
  incidents: [sampleNotice()],
  more: 0,
  writtenAt: '2026-11-21T15:41:12.000Z',
  url: 'https://millrace.example.com/alerts',
  ...more,
});
