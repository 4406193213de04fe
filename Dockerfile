# rosterready in a container. App and simulator have to reach each other, so share the network with
# the app: docker run --rm --network host -v "$PWD:/app" rosterready certify
FROM python:3.12-slim

COPY . /rosterready
RUN pip install --no-cache-dir --disable-pip-version-check "/rosterready[sql,tls]" && \
    rm -rf /rosterready && \
    useradd --create-home --uid 1000 vendor

USER 1000
WORKDIR /app
ENTRYPOINT ["rosterready"]
CMD ["--help"]
