"""Inside quantities: from digits and number words to amounts with what they count."""
