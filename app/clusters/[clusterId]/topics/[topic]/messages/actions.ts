'use server';

import { expose } from '#lib/operations/expose.ts';
import { produceMessage } from '#lib/services/message/produce-message.ts';
import { deleteSearch } from '#lib/services/search/delete-search.ts';
import { saveSearch } from '#lib/services/search/save-search.ts';
import { overrideSerde } from '#lib/services/serde/override-serde.ts';

export const produceMessageAction = expose(produceMessage);
export const saveSearchAction = expose(saveSearch);
export const deleteSearchAction = expose(deleteSearch);
export const overrideSerdeAction = expose(overrideSerde);
