import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#lib/errors/app-error.ts';
import { sentences } from '#lib/errors/sentences.ts';
import type { RegistrySchema, SchemaType } from '#lib/model/registry-schema.ts';
import { askRegistry, hostOf, type RegistrySettings } from './ask-registry.ts';
import { type Reference, resolveReferences } from './resolve-references.ts';

const MISSING_MS = 30_000;
/** How long a registry that did not answer is left alone. */
const AWAY_MS = 5_000;
/** For a schema with all its references. */
const SCHEMA_MS = 8_000;
/** Schemas kept of one registry; above that the ones kept longest go. */
const KEPT = 10_000;

const answeredSchema = z.object({
  schema: z.string().max(2_000_000),
  schemaType: z.string().optional(),
  references: z
    .array(z.object({ name: z.string(), subject: z.string(), version: z.number().int() }))
    .nullish(),
  id: z.union([z.number(), z.string()]).optional(),
  guid: z.string().optional(),
});
const answeredVersion = answeredSchema.extend({
  subject: z.string(),
  version: z.number().int(),
  id: z.number().int(),
});
const answeredVersions = z.array(z.object({ subject: z.string(), version: z.number().int() }));

/** A schema by its id, or one sentence that says why there is none, valid until that moment (epoch milliseconds). */
export type FoundSchema = RegistrySchema | { missing: string; until: number };

/** A version of a subject. */
export type SubjectVersion = { subject: string; version: number; schema: RegistrySchema };

/** Asks one schema registry. What it learnt of an id is kept for ever: ids are immutable. */
export class RegistryClient {
  /** Stands for this registry wherever ids of several could meet. */
  readonly namespace: string;
  private readonly settings: RegistrySettings;
  private readonly now: () => number;
  private away: { missing: string; until: number } | undefined;
  private readonly known = new Map<string, Promise<FoundSchema>>();

  constructor(settings: RegistrySettings, now: () => number = Date.now) {
    this.settings = settings;
    this.now = now;
    this.namespace = createHash('sha256').update(settings.registry.url).digest('base64url').slice(0, 12);
  }

  /**
   * The schema of an id, a number or a GUID. Never rejects: what goes wrong is the sentence of the answer, and is kept for
   * 30 s. However many ask at once, the registry is asked once.
   */
  async schema(id: string): Promise<FoundSchema> {
    const known = this.known.get(id);
    if (known) {
      const found = await known;
      if (!('missing' in found) || found.until > this.now()) return found;
      // Others may have noticed too: the first of them asks anew.
      const current = this.known.get(id);
      if (current !== undefined && current !== known) return current;
    }
    const asked = this.find(id);
    this.known.set(id, asked);
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value as string);
    return asked;
  }

  /**
   * One version of a subject with its references, the latest unless another is asked for.
   * @throws AppError as `askRegistry` does, `registry.schema-refused` when its references cannot be followed
   */
  async version(
    subject: string,
    wanted: number | 'latest' = 'latest',
    signal?: AbortSignal,
  ): Promise<SubjectVersion> {
    const what = wanted === 'latest' ? `subject ${subject}` : `version ${wanted} of subject ${subject}`;
    const path = `/subjects/${encodeURIComponent(subject)}/versions/${wanted}`;
    const answer = this.read(answeredVersion, await askRegistry(this.settings, path, what, signal));
    if (wanted !== 'latest' && answer.version !== wanted) {
      throw refused(what, `the registry answered with version ${answer.version}`);
    }
    const references = await this.references(what, answer.references ?? [], signal);
    const { version, id } = answer;
    return {
      subject,
      version,
      schema: {
        id: String(id),
        type: typeOf(answer.schemaType, what),
        text: answer.schema,
        references,
        subjects: [{ subject, version }],
      },
    };
  }

  /** @throws AppError as `version` does */
  latest(subject: string, signal?: AbortSignal): Promise<SubjectVersion> {
    return this.version(subject, 'latest', signal);
  }

  /** The numbers of a subject's versions, ascending. @throws AppError as `askRegistry` does */
  async versions(subject: string, signal?: AbortSignal): Promise<number[]> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`;
    return this.read(
      z.array(z.number().int()),
      await askRegistry(this.settings, path, `subject ${subject}`, signal),
    );
  }

  /** The names of all subjects. @throws AppError as `askRegistry` does */
  async subjects(signal?: AbortSignal): Promise<string[]> {
    return this.read(
      z.array(z.string()),
      await askRegistry(this.settings, '/subjects', 'list of subjects', signal),
    );
  }

  private async find(id: string): Promise<FoundSchema> {
    const what = `schema ${id}`;
    if (this.away && this.away.until > this.now()) return this.away;
    const deadline = AbortSignal.timeout(this.settings.schemaMs ?? SCHEMA_MS);
    try {
      const isGuid = id.includes('-');
      const path = `/schemas/${isGuid ? 'guids' : 'ids'}/${encodeURIComponent(id)}`;
      const answer = this.read(answeredSchema, await askRegistry(this.settings, path, what, deadline));
      const answered = isGuid ? answer.guid : answer.id;
      if (answered !== undefined && String(answered).toLowerCase() !== id) {
        throw refused(what, `the registry answered with schema ${String(answered).slice(0, 40)}`);
      }
      const type = typeOf(answer.schemaType, what);
      const references = await this.references(what, answer.references ?? [], deadline);
      return {
        id,
        type,
        text: answer.schema,
        references,
        subjects: await this.subjectsOf(id, isGuid, deadline),
      };
    } catch (error) {
      const known = deadline.aborted ? this.late() : error;
      const missing = { missing: sentenceOf(known), until: this.now() + MISSING_MS };
      // What does not answer for one id does not answer for the next: a page waits for it once.
      if (known instanceof AppError && known.code === 'registry.unreachable') {
        this.away = { ...missing, until: this.now() + AWAY_MS };
      }
      return missing;
    }
  }

  private late(): AppError {
    const reason = 'it did not answer in time';
    return new AppError('registry.unreachable', { host: hostOf(this.settings), reason });
  }

  /** Where an id is used. Nice to know, so not knowing it is no failure. */
  private async subjectsOf(
    id: string,
    isGuid: boolean,
    deadline: AbortSignal,
  ): Promise<RegistrySchema['subjects']> {
    if (isGuid) return [];
    try {
      const answer = await askRegistry(
        this.settings,
        `/schemas/ids/${id}/versions`,
        `schema ${id}`,
        deadline,
      );
      return this.read(answeredVersions, answer).slice(0, 100);
    } catch {
      return [];
    }
  }

  private references(
    what: string,
    references: readonly Reference[],
    signal?: AbortSignal,
  ): Promise<RegistrySchema['references']> {
    return resolveReferences(what, references, async ({ subject, version }) => {
      const path = `/subjects/${encodeURIComponent(subject)}/versions/${version}`;
      const named = `version ${version} of ${subject}`;
      const answer = this.read(answeredVersion, await askRegistry(this.settings, path, named, signal));
      if (answer.subject !== subject || answer.version !== version) {
        throw refused(what, `asked for ${named}, the registry answered with another`);
      }
      return { text: answer.schema, references: answer.references ?? [] };
    });
  }

  private read<T>(schema: z.ZodType<T>, answer: unknown): T {
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new AppError('registry.unreadable', {
      host: hostOf(this.settings),
      reason: 'something else than its API describes',
    });
  }
}

function typeOf(text: string | undefined, what: string): SchemaType {
  const type = text ?? 'AVRO';
  if (type === 'AVRO' || type === 'PROTOBUF' || type === 'JSON') return type;
  throw refused(what, `its type ${type.slice(0, 40)} is not known here`);
}

const refused = (what: string, reason: string): AppError =>
  new AppError('registry.schema-refused', { what, reason });

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return sentences[error.code].what(error.facts);
  return 'The schema could not be had.';
}
