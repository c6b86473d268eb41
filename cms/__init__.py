"""The Wagtail site and the floor everything else stands on; composition at the top."""
