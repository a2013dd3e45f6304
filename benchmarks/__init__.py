"""What publish costs, beside its peers: `python -m benchmarks`. No test runs any of it, and no build fails by a clock."""
