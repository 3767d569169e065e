"""The design system: tokens, components, page shells and the way a page is drawn."""
