"""How dates are read where a form does not say: as ``cms.core.day_fields`` reads them, in each language of the editor."""
