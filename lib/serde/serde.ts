import type { MessageField } from '#lib/model/message.ts';
import type { DataValue, Decoded, DecodePlan, SerdeChoice } from './decode-plan.ts';

/** What a serde is told besides the bytes. */
export interface SerdeContext {
  side: 'key' | 'value' | 'header';
  /** Most bytes to be shown. A preview also refrains from costly checks. */
  limitBytes: number;
  isPreview: boolean;
  /** Without one, bytes are read by what they are alone. */
  plan?: DecodePlan | undefined;
  /** The record's key, which says what the values of Kafka's internal topics are. */
  key?: Buffer | null | undefined;
  /** Value of the record's last header of that name: some serializers name the schema there. */
  header?: ((name: string) => Buffer | null | undefined) | undefined;
  /** Of a header: its name, by which masks know it. */
  headerName?: string | undefined;
  /** The facts that were needed were asked for and did not come: what needs one is shown as bytes. */
  isFinal?: boolean | undefined;
}

/** What a raw value means, such as the moment that a number of milliseconds stands for. `path` is '' for the field itself. */
export interface Note {
  path: string;
  type: string;
  text: string;
}

/** What was found in bytes. `bytes` are those within: behind a prefix, inflated. */
export type Body =
  | { as: 'value'; value: DataValue; notes?: () => Note[] }
  | { as: 'json'; bytes: Buffer }
  | { as: 'text'; bytes: Buffer; text?: string }
  | { as: 'hex'; bytes: Buffer }
  | { as: 'base64'; bytes: Buffer };

/**
 * `fits` with the sentence that says why. Where a serde does not fit although the bytes look as if it should, `nearMiss` says
 * what is wrong, so that the reader learns it beside whatever is shown instead.
 */
export type Reading =
  | {
      fits: true;
      reason: string;
      body: Body;
      /** Where it is another than the serde that was asked. */
      serde?: string;
      schema?: MessageField['schema'];
      compression?: MessageField['compression'];
    }
  | { fits: false; nearMiss?: string; schema?: MessageField['schema'] }
  | { needs: string };

/**
 * One way of reading bytes. Both functions accept any bytes and never throw. New formats are added to the lists in
 * `serde-list.ts`, most specific first.
 */
export interface Serde {
  readonly name: string;
  /** For showing, with reasons. `choice` is set when somebody chose this serde: then only what cannot be is refused. */
  read(bytes: Buffer, context: SerdeContext, choice?: SerdeChoice): Reading;
  /** The same for filters, where time counts: undefined when it does not fit. */
  decode(bytes: Buffer, context: SerdeContext, choice?: SerdeChoice): Decoded | undefined;
}
