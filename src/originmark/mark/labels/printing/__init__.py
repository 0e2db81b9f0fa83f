"""From a label run to paper: layouts, QR symbols, PDF sheets, lists for industrial printers."""
