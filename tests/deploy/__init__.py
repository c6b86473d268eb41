"""Tests of running Videnbro on one machine."""
