# Shipa for the cluster mode: API or worker, by the command. The embedded PostgreSQL is left out.
FROM node:22-bookworm-slim AS build
WORKDIR /shipa
ENV ONNXRUNTIME_NODE_INSTALL=skip
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && touch dist/.built

FROM node:22-bookworm-slim
WORKDIR /shipa
ENV NODE_ENV=production ONNXRUNTIME_NODE_INSTALL=skip
COPY --from=build /shipa /shipa
# The data directory holds the sign-in token when SHIPA_TOKEN is not set.
RUN mkdir -p /data && chown node:node /data
USER node
WORKDIR /data
EXPOSE 8080
# The compiled command line itself: there is nothing to install or build any more.
ENTRYPOINT ["node", "--input-type=module", "-e", "import('/shipa/dist/src/cli/main.js').then(async ({ main }) => { process.exitCode = await main(process.argv.slice(1)) })", "--"]
CMD ["serve", "--host", "0.0.0.0"]
