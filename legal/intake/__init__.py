"""From files of acts to stored texts."""
