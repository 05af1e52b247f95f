import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { readMigrations } from '#lib/gateways/database/migrate.ts';

const schemaPath = fileURLToPath(new URL('./schema.prisma', import.meta.url));
const migrationsPath = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * The statements that lead from the checked-in migrations to the schema; empty when they agree.
 *
 * The engine is Prisma's own, compiled to WebAssembly. It plays the migrations into an empty database made
 * beside the one that `url` names, so the server should be one to throw away.
 */
export async function schemaDiff(url: string): Promise<string> {
  loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterFactory(url));
  const differ = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    const { stdout } = await differ.diff({
      from: {
        tag: 'migrations',
        baseDir: migrationsPath,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: readMigrations(migrationsPath).map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
      to: {
        tag: 'schemaDatamodel',
        files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }],
      },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout?.trim() ?? '';
    return sql === '-- This is an empty migration.' ? '' : sql;
  } finally {
    differ.free();
  }
}

function adapterFactory(url: string): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (to: string) => {
    const { pool, internalChars } = introspectionPool(to);
    const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of internalChars.get(result.rows) ?? []) {
        result.columnTypes[index] = ColumnTypeEnum.Character;
      }
      return result;
    };
    // The adapter cuts scripts at every semicolon, those inside of function bodies too. PostgreSQL takes them whole.
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  };
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(url),
    connectToShadowDb: async () => {
      const name = `shadow_${randomBytes(6).toString('hex')}`;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const shadow = new URL(url);
      shadow.pathname = `/${name}`;
      return connect(shadow.href);
    },
  };
}

/**
 * PostgreSQL's catalogue has columns of its internal type "char". The adapter refuses them and the engine asks for
 * them as characters: the pool calls them text for the one and remembers, by result, which they were for the other.
 */
function introspectionPool(url: string): { pool: pg.Pool; internalChars: WeakMap<object, number[]> } {
  const internalChar = 18;
  const text = 25;
  const internalChars = new WeakMap<object, number[]>();
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const queryAsText = async (...args: unknown[]): Promise<pg.QueryResult> => {
    const result = await query(...args);
    // A script of several statements answers with a list of results and no fields.
    const fields = result.fields ?? [];
    const found = fields.flatMap((field, index) => (field.dataTypeID === internalChar ? [index] : []));
    for (const index of found) fields[index]!.dataTypeID = text;
    if (found.length > 0) internalChars.set(result.rows, found);
    return result;
  };
  pool.query = queryAsText as typeof pool.query;
  return { pool, internalChars };
}

let isLoaded = false;

function loadEngine(): void {
  if (isLoaded) return;
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = new WebAssembly.Module(readFileSync(path.replace(/\.js$/, '.wasm')));
  const instance = new WebAssembly.Instance(module, {
    './schema_engine_bg.js': { ...engine } as unknown as WebAssembly.ModuleImports,
  });
  (engine as unknown as { __wbg_set_wasm: (exports: unknown) => void }).__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  isLoaded = true;
}
