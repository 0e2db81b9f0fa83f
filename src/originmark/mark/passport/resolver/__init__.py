"""The resolver: where a GS1 Digital Link leads, and the links that people enter."""
