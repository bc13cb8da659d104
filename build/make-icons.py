#!/usr/bin/env python3
"""Remakes FinConsole.Web/wwwroot/icons.svg from the npm package lucide-static (ISC licence).

Usage: npm install lucide-static && build/make-icons.py node_modules/lucide-static/icons
"""
import pathlib
import re
import sys

NAMES = """layout-dashboard key-round sliders-horizontal users log-in scroll-text triangle-alert bell moon sun sun-moon menu x plus search
ellipsis copy check circle-check clock refresh-cw ban power hourglass archive circle-x eye eye-off chevron-down chevron-right chevron-left
lock-keyhole user log-out monitor smartphone globe shield-check shield-alert info trash-2 pencil fingerprint download arrow-right
file-search circle-alert calendar history building-2 circle-help mail circle-pause timer-off wifi-off circle-user inbox undo-2
circle-slash link terminal laptop chart-column keyboard circle-dashed bookmark""".split()

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(__file__).parent.parent / "FinConsole.Web/wwwroot/icons.svg"
symbols = []
for name in NAMES:
    svg = (source / f"{name}.svg").read_text()
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S).group(1)
    inner = re.sub(r"\s+", " ", inner).strip()
    symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{inner}</symbol>')
target.write_text('<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->\n' + "\n".join(symbols) + "\n</svg>\n")
print(f"{len(symbols)} icons, {target.stat().st_size} bytes")
