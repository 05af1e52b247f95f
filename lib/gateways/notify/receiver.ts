import type { EgressOptions } from '#lib/gateways/egress/check-address.ts';
import type { ChannelKind, ChannelSecrets, ConfigOf } from '#lib/model/alert-channel.ts';

/** A channel with its open secrets: only ever in the process that sends. */
export type Receiver<K extends ChannelKind = ChannelKind> = {
  [Each in K]: {
    config: ConfigOf<Each>;
    secrets: ChannelSecrets;
    allowHttp: boolean;
    /** In place of the guard's own list and resolver, for tests. */
    egress?: Pick<EgressOptions, 'allow' | 'resolve'>;
  };
}[K];

/** What is known of a message that was taken. `note` says in a sentence what went less than well, such as one of several addresses refused. */
export type Taken = { note: string | null };
export const taken: Taken = { note: null };
