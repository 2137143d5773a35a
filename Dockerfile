# syntax=docker/dockerfile:1
FROM node:20-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY scripts ./scripts
COPY src ./src
COPY tsconfig.json tsconfig.types.json ./
RUN node scripts/build.mjs --types && npm prune --omit=dev --ignore-scripts

FROM node:20-slim
ENV NODE_ENV=production HOST=0.0.0.0 NO_UPDATE_NOTIFIER=1
# Python functions run on the machine's interpreter; python3 is the only thing that a plain Node image lacks for them.
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/lambdarium
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY bin ./bin
# A project's lambdarium.config.ts imports 'lambdarium' from here.
RUN mkdir -p /project/node_modules /data && ln -s /opt/lambdarium /project/node_modules/lambdarium && chown -R node:node /project /data
USER node
WORKDIR /project
EXPOSE 3000 4566
VOLUME ["/data"]
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=5 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4566/_lambdarium/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/lambdarium/bin/lambdarium.js"]
CMD ["start", "--project", "/project", "--data", "/data", "--strict-port"]
