"""Sections: how they are written, their stk., nr. and litra, and how they read."""
