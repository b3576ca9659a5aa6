# Atrium's image in four stages. `docker build .` makes the last one.
#
#     docker build --target development -t atrium-dev . && docker run --rm -it -v "$PWD:/src" -p 4000:4000 atrium-dev
#     docker build -t atrium . && docker run --rm -p 4000:8080 -v atrium_data:/data atrium
#
# The lists in packages/ are the same that `make run` and `make test` use.

# staging: the toolchain and what a build needs.
FROM swift:6.3-bookworm AS staging
WORKDIR /src
COPY packages packages
RUN packages/install build && rm -rf /var/lib/apt/lists/*

# development: the tools too; the sources are mounted, and a change rebuilds and restarts.
FROM staging AS development
RUN packages/install test check && apt-get update \
    && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
EXPOSE 4000
CMD ["make", "dev", "ARGS=--http=0.0.0.0:4000"]

# builder: one binary with the Swift runtime inside.
FROM staging AS builder
COPY . .
RUN swift build -c release --product atrium --static-swift-stdlib -Xlinker -s \
    && install -D "$(swift build -c release --show-bin-path)/atrium" /out/server

# production: the binary and the C libraries it uses. Other commands of it:
#     docker run --rm --entrypoint /server atrium doctor
FROM debian:12-slim AS production
COPY packages/run /tmp/run
RUN apt-get update \
    && apt-get install -y --no-install-recommends $(sed -e 's/#.*//' /tmp/run | awk '{print $1}') \
    && rm -rf /var/lib/apt/lists/* /tmp/run \
    && useradd --system --uid 10001 --home-dir /data atrium \
    && install -d -o atrium -g atrium -m 0700 /data
COPY --from=builder /out/server /server
USER atrium
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/server", "serve", "--http=0.0.0.0:8080"]
