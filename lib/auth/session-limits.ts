import { env } from '#lib/env.ts';

/** How long sessions live: 30 minutes without activity and 12 hours at all, unless set otherwise (R6). */
export const sessionLimits = (): { idleMinutes: number; maxHours: number } => ({
  idleMinutes: env().MILLRACE_SESSION_IDLE_MINUTES,
  maxHours: env().MILLRACE_SESSION_HOURS,
});
