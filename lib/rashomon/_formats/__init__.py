"""Readers of file formats: each takes an `InputFile` and gives records, rejects, notes and metadata."""
