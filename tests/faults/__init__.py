"""What happens when things go wrong: long random histories, parallel writers, killed workers, odd clocks."""
