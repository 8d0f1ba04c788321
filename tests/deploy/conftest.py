"""The proxy is tried where it is installed."""

import shutil

INSTALLED = all(map(shutil.which, ("nginx", "openssl")))
collect_ignore = [] if INSTALLED else ["test_nginx.py"]
