"""The plots. The only place in healthmon that knows pyqtgraph."""
