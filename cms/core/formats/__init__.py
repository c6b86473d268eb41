"""Date formats of forms that name none: dates are read as ``cms.core.day_fields`` reads them, in each language of the editor."""
