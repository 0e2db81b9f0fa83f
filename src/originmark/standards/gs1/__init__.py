"""GS1 keys, check digits, application identifiers, Digital Link, EPC URN."""
