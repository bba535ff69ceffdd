"""Reads OpenMetrics from standard input as Prometheus' own library does, strictly."""
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

for family in text_string_to_metric_families(sys.stdin.read()):
    assert family.documentation, family.name
    for sample in family.samples:
        labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
        print(f"{sample.name}{{{labels}}} {sample.value:g}" if sample.value < 1e6 else f"{sample.name}{{{labels}}} {int(sample.value)}")
