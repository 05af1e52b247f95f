import { randomUUID } from 'node:crypto';
import { httpReceiver } from './alert-receivers.ts';
import {
  failedNotice,
  keptIncident,
  keptRoute,
  keptSilence,
  keptWebhook,
  webhookInput,
} from './alert-rows.ts';

type Prepare = () => Promise<{ input: Record<string, unknown> }>;

/** What commands about alerts need to be carried out for real: an incident that is open, a channel, somebody who receives. */
export function alertPreparations(secret: () => string): Record<string, Prepare> {
  const channel = (url = `https://hooks.example.com/${secret()}`) =>
    webhookInput(url, {
      config: { kind: 'webhook', headerName: 'X-Token' },
      secrets: { url, signingKey: secret(), headerValue: secret() },
    });
  const saved = async () => {
    const { id, version } = await keptWebhook(`https://hooks.example.com/${secret()}`);
    return { id, version };
  };
  return {
    'channel.create': async () => ({ input: channel() }),
    'channel.delete': async () => ({ input: await saved() }),
    'channel.test': async () => {
      const receiver = await httpReceiver();
      // Closed with the process: the command is carried out after this has ended.
      const { config, secrets, allowHttp } = channel(`${receiver.url}/${secret()}`);
      return { input: { config, secrets, allowHttp } };
    },
    'channel.update': async () => ({ input: { ...channel(), ...(await saved()) } }),
    'incident.acknowledge': async () => ({ input: { id: await keptIncident(), note: 'On it' } }),
    'incident.note': async () => ({ input: { id: await keptIncident(), note: 'A disk was full' } }),
    'notice.retry': async () => ({ input: { id: await failedNotice() } }),
    'route.create': async () => ({ input: { name: `Night ${randomUUID().slice(0, 8)}`, channels: [] } }),
    'route.delete': async () => {
      const { id, version } = await keptRoute([]);
      return { input: { id, version } };
    },
    'route.update': async () => {
      const { id, version, name } = await keptRoute([]);
      return { input: { id, version, name, position: 1 } };
    },
    'silence.create': async () => ({ input: { match: {}, reason: 'Upgrade', minutes: 30 } }),
    'silence.end': async () => ({ input: { id: (await keptSilence()).id } }),
  };
}
