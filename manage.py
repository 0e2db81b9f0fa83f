#!/usr/bin/env python
"""Django's own front; people use the console script ``originmark``."""

from config.command import main

if __name__ == "__main__":
    main()
