"""The window: it paints what `view` says and reports what people did. It decides nothing."""
