"""Monitoring: rules over datasets, alerts opened once, handled with a measure whose effect is measured later."""
