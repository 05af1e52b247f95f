'use server';

import { expose } from '#lib/operations/expose.ts';
import { acknowledgeIncident } from '#lib/services/incident/acknowledge-incident.ts';
import { noteIncident } from '#lib/services/incident/note-incident.ts';
import { createSilence } from '#lib/services/silence/create-silence.ts';
import { endSilence } from '#lib/services/silence/end-silence.ts';

export const acknowledgeIncidentAction = expose(acknowledgeIncident);
export const noteIncidentAction = expose(noteIncident);
export const createSilenceAction = expose(createSilence);
export const endSilenceAction = expose(endSilence);
