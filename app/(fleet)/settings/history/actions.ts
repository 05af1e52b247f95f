'use server';

import { expose } from '#lib/operations/expose.ts';
import { configureHistory } from '#lib/services/metric/configure-history.ts';

export const configureHistoryAction = expose(configureHistory);
