# Which images it is made of is said once, in docker-compose.yml: `docker compose build`.
ARG NODE_IMAGE
ARG PYTHON_IMAGE

# The front end's parts, by npm
FROM ${NODE_IMAGE} AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

# The locked Python packages, by uv
FROM ${PYTHON_IMAGE} AS packages
WORKDIR /app
COPY pyproject.toml requirements.txt ./
RUN python -m venv /venv \
    && pip install --quiet "$(grep -o '^uv==[^ ;]*' requirements.txt)" \
    && uv pip install --quiet --compile-bytecode --python /venv/bin/python --require-hashes -r pyproject.toml -c requirements.txt

# Debian's release is the one that has the server's postgresql-client: `backup` and `restore` refuse another version's.
FROM ${PYTHON_IMAGE}
ARG POSTGRES_IMAGE
RUN tag="${POSTGRES_IMAGE:?docker-compose.yml says which}" && tag="${tag%%@*}" && tag="${tag##*:}" \
    && apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
        "postgresql-client-${tag%%[!0-9]*}" \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home digikoord \
    && install -d -o digikoord -g digikoord /var/lib/digikoord
ENV PATH=/venv/bin:$PATH XDG_CACHE_HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DIGIKOORD_MODE=production DIGIKOORD_VAR=/var/lib/digikoord DIGIKOORD_STATIC=/app/collected
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=front /app/node_modules node_modules
COPY . .
# The collected files belong to the image; no secret is at hand when it is made.
RUN DIGIKOORD_MODE=collecting python manage.py collectstatic --noinput --verbosity 0
RUN python -m compileall -q .
USER digikoord
VOLUME /var/lib/digikoord
EXPOSE 8000
CMD ["gunicorn", "digikoord.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", "--threads", "4", "--timeout", "120", "--log-level", "error", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
