'use server';

import { expose } from '#lib/operations/expose.ts';
import { configureBroker, planConfigureBroker } from '#lib/services/broker/configure-broker.ts';

export const planConfigureBrokerAction = expose(planConfigureBroker);
export const configureBrokerAction = expose(configureBroker);
