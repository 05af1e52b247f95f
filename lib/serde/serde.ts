import type { MessageField } from '#lib/model/message.ts';

/** What a serde is told besides the bytes. */
export interface SerdeContext {
  side: 'key' | 'value' | 'header';
  /** Most bytes to be shown. A preview also refrains from costly checks. */
  limitBytes: number;
  isPreview: boolean;
}

/**
 * `fits` with the sentence that says why. Where a serde does not fit although the bytes look as if it should, `nearMiss` says
 * what is wrong, so that the reader learns it beside whatever is shown instead.
 */
export type Detection = { fits: true; reason: string } | { fits: false; nearMiss?: string };

export interface Shown {
  /** Safe to draw as text. */
  text: string;
  shownBytes: number;
  /** Whether `text` gives the shown bytes back exactly. */
  isFaithful: boolean;
  format: 'json' | 'text' | 'hex';
  schema?: MessageField['schema'];
}

/**
 * One way of reading bytes. Both functions accept any bytes and never throw; `decode` is called only after `detect` said
 * that it fits. New formats are added to the list in `show-field.ts`, most specific first.
 */
export interface Serde {
  readonly name: string;
  detect(bytes: Buffer, context: SerdeContext): Detection;
  decode(bytes: Buffer, context: SerdeContext): Shown;
}
