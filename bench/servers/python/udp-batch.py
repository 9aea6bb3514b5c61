"""Receives datagrams, and answers those that begin with '!': Python has no way of taking many at once."""

import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).with_name("udp-receive.py")))
