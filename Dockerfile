# The server, without a JDK and not as root: docker build -t roadcast .
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends git maven && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -pl server -am -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/roadcast --create-home roadcast
# The fastest encryption, on processors with AVX-512 and VAES; there is none for other architectures.
RUN [ "$(dpkg --print-architecture)" != amd64 ] || { apt-get update && apt-get install -y --no-install-recommends libipsec-mb1; rm -rf /var/lib/apt/lists/*; }
COPY --from=build /src/server/target/lib /opt/roadcast/lib
COPY --from=build /src/LICENSE /opt/roadcast/
USER roadcast
WORKDIR /var/lib/roadcast
ENV ROADCAST_DATA_DIRECTORY=/var/lib/roadcast/data
VOLUME /var/lib/roadcast/data
EXPOSE 8080 8443 10000/tcp 10000/udp 6611/tcp 6611/udp 6612/tcp 6612/udp 7611/tcp 7611/udp 7612/tcp
HEALTHCHECK --start-period=60s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${ROADCAST_HTTP_PORT:-8080} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MetaspaceSize=128m", "-cp", "/opt/roadcast/lib/*", "io.roadcast.server.ServerMain", "server"]
