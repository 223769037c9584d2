"""Runs commands in turn and prints the medians of what the kernel says they took.

usage: measure.py ROUNDS NAME COMMAND [NAME COMMAND]…   (the last one is what the others are held against)
"""

import os
import shlex
import statistics
import sys
import time


def run(command):
    """Wall seconds, processor seconds and peak memory in MiB of one run, from start to exit."""
    silence = os.open(os.devnull, os.O_WRONLY)
    start = time.perf_counter()
    process = os.posix_spawnp(
        command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, silence, 1)])
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    os.close(silence)
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        sys.exit(f"failed: {shlex.join(command)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


rounds = int(sys.argv[1])
contenders = [(name, shlex.split(command)) for name, command in zip(sys.argv[2::2], sys.argv[3::2])]
for _, command in contenders:  # once uncounted: the page cache, and numba's compiled code
    run(command)
taken = {name: [] for name, _ in contenders}
for _ in range(rounds):
    for name, command in contenders:
        taken[name].append(run(command))
medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in taken.items()}
rival = medians[contenders[-1][0]]

print(f"medians of {rounds} runs in turn, {os.cpu_count()} processors; in brackets the ratio to the last line")
print(f"{'':30}{'wall s':>16}{'processor s':>16}{'peak MiB':>16}")
for name, values in medians.items():
    cells = [f"{value:.2f} ({value / base:.2f})" for value, base in zip(values[:2], rival)]
    cells.append(f"{values[2]:.0f} ({values[2] / rival[2]:.2f})")
    print(f"{name:30}" + "".join(f"{cell:>16}" for cell in cells))
