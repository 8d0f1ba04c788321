"""What parts cost, as it stands in answers: by currency, and on how many lines nobody says."""

from typing import Any

from scanner.core.scan import Spending


def spending_answer(spending: Spending, annual_units: str | float | None) -> dict[str, Any]:
    """Money in one product and in a year's products, never converted between currencies."""
    units = None if annual_units is None else float(annual_units)
    return {
        "amounts": [
            {
                "currency": spend.currency,
                "amount": spend.amount,
                "annual": None if units is None else spend.amount * units,
            }
            for spend in spending.amounts
        ],
        "priced_lines": spending.priced_lines,
        "unpriced_lines": spending.unpriced_lines,
    }
