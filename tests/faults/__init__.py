"""Faults: long random histories, parallel writers, killed workers, odd clocks."""
