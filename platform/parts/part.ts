import type { Environment, PlatformPorts, PlatformSettings } from '../settings.ts';

/** What every part is made from. */
export type PlatformContext = { settings: PlatformSettings; ports: PlatformPorts };

/** One process of the platform. */
export type Part = {
  /** Name of its pid file and log. */
  name: string;
  /** What a person calls it. */
  title: string;
  ports: number[];
  /** Makes what the process needs and says how to start it. May fetch jars. */
  launch(): Promise<{ command: string; args: string[]; env?: Environment }>;
  /** Whether it answers now. Rejects or says false when not. */
  answers(): Promise<boolean>;
  /** How long a start may take, in ms. */
  startTimeoutMs: number;
};
