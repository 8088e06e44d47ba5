"""How dates, numbers, quotations and sources are put into words, the same in every view."""
