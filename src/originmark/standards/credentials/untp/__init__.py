"""The credential types of the UN Transparency Protocol 0.7.0, built from plain values."""
