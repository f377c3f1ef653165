"""Inside reading: from bytes to lines, zones, parts, dates and sentences."""
