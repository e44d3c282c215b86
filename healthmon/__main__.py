"""`python -m healthmon` is `healthmon`."""

from healthmon.cli.main import main

raise SystemExit(main())
