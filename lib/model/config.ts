import { z } from 'zod';
import { MissingPart } from './listing.ts';

/** Where a config value comes from, as Kafka tells it (DescribeConfigs). */
export const configSources = [
  'topic',
  'broker-dynamic',
  'broker-default-dynamic',
  'broker-static',
  'group',
  'default',
  'unknown',
] as const;

/** One config key of a topic or broker. */
export const ConfigEntry = z.object({
  name: z.string(),
  /** Null when it is sensitive or has no value. */
  value: z.string().nullable(),
  source: z.enum(configSources),
  /** What would hold if it were not set here; null when not known. */
  defaultValue: z.string().nullable(),
  type: z.string(),
  documentation: z.string().nullable(),
  isReadOnly: z.boolean(),
  isSensitive: z.boolean(),
});
export type ConfigEntry = z.infer<typeof ConfigEntry>;

export const ConfigList = z.object({
  entries: z.array(ConfigEntry),
  asOf: z.string(),
  missing: z.array(MissingPart),
});
export type ConfigList = z.infer<typeof ConfigList>;

const Key = z.string().regex(/^[a-zA-Z0-9._-]{1,200}$/, 'This is not the name of a config.');

/** Changes to configs: `set` gives a value, `reset` takes the own value away so that the default holds again. */
export const ConfigChanges = z
  .array(
    z.discriminatedUnion('op', [
      z.strictObject({ op: z.literal('set'), name: Key, value: z.string().max(20_000) }),
      z.strictObject({ op: z.literal('reset'), name: Key }),
    ]),
  )
  .min(1, 'Nothing is changed.')
  .max(200);
export type ConfigChanges = z.infer<typeof ConfigChanges>;
