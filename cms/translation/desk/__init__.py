"""The translators' desk: matrix of texts and languages, inbox, notices, and the view of one translation beside its source."""
