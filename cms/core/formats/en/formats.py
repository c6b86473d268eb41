"""Days and moments in numbers, the day before the month, in English."""

from cms.core.day_fields import DAY_FORMATS, MOMENT_FORMATS

DATE_INPUT_FORMATS = list(DAY_FORMATS)
DATETIME_INPUT_FORMATS = list(MOMENT_FORMATS)
