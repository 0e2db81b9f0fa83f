"""Base page, components, refusals, clock, paging, uploads, importers."""
