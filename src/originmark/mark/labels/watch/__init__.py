"""Scan watch: reports of shoppers and suspected copies become cases."""
