"""The harvest follows the official source of the law (Retsinformation) within its rules on pace, hours and hosts.

Apart because it is the only room that opens a connection; what it fetches goes through ``intake`` like any file.
"""
