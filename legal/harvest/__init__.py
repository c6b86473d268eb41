"""The harvest: following the official source of the law within its rules."""
