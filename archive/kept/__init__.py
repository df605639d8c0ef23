"""The bytes that sites sent: kept as WARC, found again behind every figure, and shown without harm."""
