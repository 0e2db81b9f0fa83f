"""Published standards in pure Python: no framework, no clock, no input or output."""
