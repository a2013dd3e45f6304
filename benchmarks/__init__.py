"""Benchmarks of publish and comparable programs: `python -m benchmarks`. No test runs them, so that time cannot fail a build."""
