"""assess – step 5: how risky each raw material is, one module per method.

Pure: supply in, indicators out. No data is `None` with a reason; never 0, never an average over
what happens to be known.
"""

from scanner.assess.assessment import assess

__all__ = ["assess"]
