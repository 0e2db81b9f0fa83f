"""Every paper with a number and an expiry."""
