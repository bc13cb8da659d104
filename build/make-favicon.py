#!/usr/bin/env python3
"""Makes FinConsole.Web/wwwroot/favicon.ico, for clients that ask for that path: favicon.svg's drawing at 16, 32 and 48 pixels."""
import pathlib
import struct
import zlib

SIZES = (16, 32, 48)
SAMPLES = 8
BLUE, WHITE = (0x1F, 0x5E, 0xFF), (0xFF, 0xFF, 0xFF)
# favicon.svg in its 32 units: a square with round corners, and strokes with round ends.
CORNER, WIDTH = 8.0, 3.4
STROKES = (((10, 23), (10, 9)), ((10, 9), (22, 9)), ((10, 16), (19, 16)))


def in_square(x, y):
    dx, dy = max(CORNER - x, x - (32 - CORNER), 0), max(CORNER - y, y - (32 - CORNER), 0)
    return dx * dx + dy * dy <= CORNER * CORNER


def in_stroke(x, y):
    for (ax, ay), (bx, by) in STROKES:
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = min(1, max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
        if (x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2 <= (WIDTH / 2) ** 2:
            return True
    return False


def pixel(size, column, row):
    covered, red, green, blue = 0, 0, 0, 0
    for step in range(SAMPLES * SAMPLES):
        x = (column + (step % SAMPLES + 0.5) / SAMPLES) * 32 / size
        y = (row + (step // SAMPLES + 0.5) / SAMPLES) * 32 / size
        if in_square(x, y):
            colour = WHITE if in_stroke(x, y) else BLUE
            covered, red, green, blue = covered + 1, red + colour[0], green + colour[1], blue + colour[2]
    if covered == 0:
        return bytes(4)
    return bytes((red // covered, green // covered, blue // covered, covered * 255 // (SAMPLES * SAMPLES)))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(size):
    rows = b"".join(b"\0" + b"".join(pixel(size, column, row) for column in range(size)) for row in range(size))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


images = [png(size) for size in SIZES]
entries, offset = b"", 6 + 16 * len(SIZES)
for size, image in zip(SIZES, images):
    entries += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), offset)
    offset += len(image)
target = pathlib.Path(__file__).resolve().parent.parent / "FinConsole.Web/wwwroot/favicon.ico"
target.write_bytes(struct.pack("<HHH", 0, 1, len(SIZES)) + entries + b"".join(images))
