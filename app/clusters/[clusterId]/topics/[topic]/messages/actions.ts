'use server';

import { expose } from '#lib/operations/expose.ts';
import { produceMessage } from '#lib/services/message/produce-message.ts';

export const produceMessageAction = expose(produceMessage);
