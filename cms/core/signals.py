"""Signals of the floor, in the past tense where something has happened."""

from django.dispatch import Signal

# Sent inside the transaction with ``instance``, before anything is written: a page that is about to get another path.
page_path_changing = Signal()

# Sent inside the transaction with ``instance``: a page whose place in the tree has another path now, and so what lies under it.
page_path_changed = Signal()

# Sent inside the transaction with ``instance``: a page of its own has become an alias, which is never released.
page_became_alias = Signal()

# Sent inside the transaction with ``instance``: a dated figure was saved with its names and amounts.
figure_changed = Signal()

# Sent with ``instance`` when an editor's form asks for publication, a schedule or an approval. A receiver returns the words that
# refuse it, or ``None``; they stand in the form, where nothing that was typed is lost.
release_requested = Signal()
