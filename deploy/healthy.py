#!/usr/bin/env python3
"""Exit status 0 where the server of this container and its archive answer, 1 where they do not."""

import http.client
import os
import sys


def main() -> int:
    """Ask on the loopback address, by a name that the server goes by."""
    port = int(os.environ.get("QUELLENLAGE_PORT", "8400"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/health", headers={"Host": os.environ.get("QUELLENLAGE_HOSTNAME", "localhost")})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
