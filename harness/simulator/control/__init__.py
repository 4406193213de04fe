"""The control API: not Clever's, but for whoever runs the simulator."""
