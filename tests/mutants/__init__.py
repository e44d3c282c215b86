"""One-line breaks that the tests must catch: a test that never fails promises nothing."""
