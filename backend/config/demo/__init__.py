"""The demo season of group 12: the only code that calls services of several trades. Embedded mode only."""
