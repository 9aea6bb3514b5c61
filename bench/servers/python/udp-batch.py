"""Receives datagrams, and answers those that begin with '!'. Python cannot receive many at once."""

import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).with_name("udp-receive.py")))
