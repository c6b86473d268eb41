"""The log in Wagtail's editor: the withdrawal form and the list of a page's versions."""
