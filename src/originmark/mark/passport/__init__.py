"""The page behind the QR code."""
