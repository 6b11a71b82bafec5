import contextlib


@contextlib.contextmanager
def pages(folder):
    yield {}
