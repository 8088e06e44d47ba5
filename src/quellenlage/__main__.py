"""`python -m quellenlage` is the command `quellenlage`."""

from quellenlage.views.cli import main

main()
