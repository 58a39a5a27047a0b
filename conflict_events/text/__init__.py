"""Pure functions over strings: numerals, time expressions, markup."""
