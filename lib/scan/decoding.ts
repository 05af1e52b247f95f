import { type DecodePlan, plainPlan } from '#lib/serde/decode-plan.ts';
import type { Fact } from './facts.ts';
import type { RunOptions, ScanPool } from './pool.ts';
import type { Task, TaskAnswer } from './tasks.ts';

/** How one reader decodes one topic, and where what the workers lack comes from. */
export interface Decoding {
  plan: DecodePlan;
  /** What is known before the first record: masks, chosen schemas. */
  facts: readonly Fact[];
  /** Facts for ids that a worker asked for. What cannot be had is a fact that says so; never rejects. */
  resolveFacts(ids: string[]): Promise<Fact[]>;
}

export const plainDecoding = (topic: string): Decoding => ({
  plan: plainPlan(topic),
  facts: [],
  resolveFacts: async () => [],
});

/** How often the facts that one task needs are asked for: one schema may lead to another. */
const ROUNDS = 4;

/** A task whose answer may be that facts are missing. */
type Lacking = { needs: string[] };
export type Answered<T> = Exclude<T, Lacking>;

/** Runs tasks that decode, and repeats those which lacked facts once they are there. */
export class DecodingRunner {
  private readonly decoding: Decoding;
  private facts: Fact[];

  constructor(decoding: Decoding, more: readonly Fact[] = []) {
    this.decoding = decoding;
    this.facts = [...decoding.facts, ...more];
  }

  get plan(): DecodePlan {
    return this.decoding.plan;
  }

  /**
   * @param finish the same task, told that facts which are still missing will not come.
   * @throws ScanWorkerError as the pool does
   */
  async run<T extends Task>(
    pool: ScanPool,
    bytes: Uint8Array,
    task: T,
    finish: (task: T) => T,
    options: Pick<RunOptions, 'owner' | 'signal'> = {},
  ): Promise<Answered<TaskAnswer<T>>> {
    let left: Uint8Array = bytes;
    let fresh: Fact[] = [];
    for (let round = 0; ; round++) {
      const asked = round < ROUNDS ? task : finish(task);
      const { value, bytes: back } = await pool.run(left, asked, { ...options, facts: this.facts, fresh });
      if (!isLacking(value) || round >= ROUNDS) return value as Answered<TaskAnswer<T>>;
      fresh = await this.decoding.resolveFacts(value.needs);
      const renewed = new Set(fresh.map(({ id }) => id));
      this.facts = [...this.facts.filter(({ id }) => !renewed.has(id)), ...fresh];
      if (fresh.length === 0) round = ROUNDS - 1;
      left = back;
    }
  }
}

const isLacking = (value: unknown): value is Lacking =>
  typeof value === 'object' && value !== null && 'needs' in value;
