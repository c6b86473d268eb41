"""Side-by-side benchmarks: ratios from one interleaved run. Nothing here asserts a time."""
