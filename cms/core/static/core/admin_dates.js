// Wagtail's date picker replaces what it cannot read by today when the field is left (validateOnBlur). What was typed stays: the
// server reads it as it stands, or refuses it with the form that can be read.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
