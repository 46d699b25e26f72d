import sys

from redress.cli.main import main

sys.exit(main())
