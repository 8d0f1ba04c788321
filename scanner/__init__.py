"""The raw-materials scanner: from a bill of materials to a cited risk profile."""

__version__ = "0.1.0"
