# The web server in a container; docs/operations.md tells how, compose.yaml puts PostgreSQL beside it.
FROM python:3.11-slim-bookworm

# The application belongs to root and runs as somebody who can write to its data folder alone.
RUN useradd --system --uid 10001 --home-dir /srv/hiwar --create-home hiwar
WORKDIR /opt/hiwar

# What is installed changes seldom: every package by the hash in requirements/. It is compiled here, where it can be written.
COPY requirements requirements
COPY archive/__init__.py archive/bootstrap.py archive/
RUN ["env", "UV_COMPILE_BYTECODE=1", "python3", "-c", "from archive.bootstrap import prepare; prepare('runtime')"]

COPY manage.py LICENSE ./
COPY archive archive
COPY statements statements
COPY templates templates
COPY static static
COPY fixtures fixtures
RUN [".venv/bin/python", "-c", "from archive.serving import compile_translations; compile_translations()"]
RUN [".venv/bin/python", "-m", "compileall", "-q", "archive", "statements"]
# Files come with the modes they have in the checkout, which may let nobody but its owner read them.
RUN ["chmod", "-R", "a+rX", "manage.py", "LICENSE", "archive", "statements", "templates", "static", "fixtures", "requirements"]

ENV DATA=/srv/hiwar BIND=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1
USER hiwar
VOLUME /srv/hiwar
EXPOSE 8000
STOPSIGNAL SIGTERM
# It asks by a name that the archive answers to; the first start makes the tables and loads the demo archive.
HEALTHCHECK --interval=15s --timeout=10s --start-period=120s --retries=3 CMD ["python3", "-c", "import os, urllib.request as web; name = os.environ.get('ALLOWED_HOSTS', '127.0.0.1').split(',')[0].strip(' .'); web.urlopen(web.Request('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', headers={'Host': name}), timeout=8)"]
CMD ["python3", "manage.py", "up"]
