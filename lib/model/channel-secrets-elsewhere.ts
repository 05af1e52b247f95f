import type { AlertChannel, ChannelConfig, ChannelSecretField, ChannelSecrets } from './alert-channel.ts';

type Before = Pick<AlertChannel, 'config' | 'place'>;
type After = { config: ChannelConfig; secrets: ChannelSecrets };

const words = {
  password: 'password',
  key: 'key',
  headerValue: 'value of the header',
} as const;

/** The secrets that a changed channel would send to somebody who has not had them (R18). Those of another kind are not taken along. */
function elsewhere({ config: before, place }: Before, { config, secrets }: After): (keyof typeof words)[] {
  if (before.kind === 'email' && config.kind === 'email') {
    const to = (one: typeof config) =>
      JSON.stringify([one.host.toLowerCase(), one.port, one.security, one.ca]);
    return to(before) === to(config) ? [] : ['password'];
  }
  if ('apiUrl' in before && 'apiUrl' in config && before.kind === config.kind)
    return new URL(before.apiUrl).origin === new URL(config.apiUrl).origin ? [] : ['key'];
  if (before.kind === 'webhook' && config.kind === 'webhook') {
    const isSameHost = secrets.url === undefined || new URL(secrets.url).host === place;
    return isSameHost && before.ca === config.ca ? [] : ['headerValue'];
  }
  return [];
}

/** What a form says of secrets that are set, were not entered, and would go elsewhere; by path in the input. */
export function channelSecretsToEnterAgain(
  before: Before,
  after: After,
  set: readonly ChannelSecretField[],
): Record<string, string> {
  return Object.fromEntries(
    elsewhere(before, after)
      .filter((field) => set.includes(field) && after.secrets[field] === undefined)
      .map((field) => [
        `secrets.${field}`,
        `Enter the ${words[field]} again: it would be sent to another address.`,
      ]),
  );
}
