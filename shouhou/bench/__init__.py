"""Measurements (测量): how long things take, in one run, on this machine."""
