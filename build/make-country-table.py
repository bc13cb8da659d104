#!/usr/bin/env python3
"""Remakes FinConsole.Core/LoginHistory/Countries/countries.bin from the npm package @ip-location-db/geo-whois-asn-country.

Usage: build/make-country-table.py [FOLDER-OF-THE-UNPACKED-PACKAGE [FILE-TO-WRITE]]
Without a folder it fetches the package with `npm pack`. Python's standard library is enough.

The file: "FCC1", the SHA-256 of what follows, and, compressed by zlib:
    the source's name and version (a length byte, UTF-8); the number of countries (a byte) and two letters for each;
    the number of IPv4 stretches and of IPv6 stretches (32 bits each, little-endian);
    for each family three columns, of which each stretch has an entry: the country (a byte: 0 for none, else 1-based), the
    trailing zero bits of its length (a byte), the rest of its length (LEB128).
Stretches follow one another without gaps from address 0; one without a country is a gap. The last runs to the end, and its length
counts as 0. IPv6 is told by /64: by the country of the network's first address.
"""
import hashlib
import heapq
import json
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib

PACKAGE = "@ip-location-db/geo-whois-asn-country"
# Codes that name no country of today: a dissolved one, regions, and "unknown".
NO_COUNTRIES = {"AN", "AP", "EU", "ZZ"}


def fetch(folder):
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive, = pathlib.Path(folder).glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return pathlib.Path(folder) / "package"


def read(path):
    """Ranges as (first, last, country), both ends included."""
    ranges = []
    for line in path.read_text().splitlines():
        first, last, country = line.split(",")
        ranges.append((int(first), int(last), "" if country in NO_COUNTRIES else country))
    return sorted(ranges)


def stretches(ranges, bits):
    """(first, country) of each stretch, from 0 on. Where ranges overlap, the smaller one knows better."""
    marks = sorted({0} | {first for first, _, _ in ranges} | {last + 1 for _, last, _ in ranges} - {1 << bits})
    found, open_ranges, next_range = [], [], 0
    for mark in marks:
        while next_range < len(ranges) and ranges[next_range][0] == mark:
            first, last, country = ranges[next_range]
            heapq.heappush(open_ranges, (last - first, last, country))
            next_range += 1
        while open_ranges and open_ranges[0][1] < mark:
            heapq.heappop(open_ranges)
        add(found, mark, open_ranges[0][2] if open_ranges else "")
    return found


def by_64(found):
    """The same by /64: a network that several countries share has its first address's."""
    rounded = []
    for first, country in found:
        network = -(-first >> 64)
        if network == 1 << 64:
            break
        if rounded and rounded[-1][0] == network:
            rounded.pop()
        add(rounded, network, country)
    return rounded


def add(found, first, country):
    if not found or found[-1][1] != country:
        found.append((first, country))


def columns(found, numbers):
    lengths = [after[0] - before[0] for before, after in zip(found, found[1:])] + [0]
    zeros = [(length & -length).bit_length() - 1 if length else 0 for length in lengths]
    return bytes(numbers[country] for _, country in found) + bytes(zeros) + b"".join(leb128(length >> zero) for length, zero in zip(lengths, zeros))


def leb128(number):
    written = bytearray()
    while number >= 0x80:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def pack(folder):
    package = json.loads((folder / "package.json").read_text())
    name = f"{package['name'].split('/')[-1]} {package['version']}".encode()
    v4 = stretches(read(folder / "geo-whois-asn-country-ipv4-num.csv"), 32)
    v6 = by_64(stretches(read(folder / "geo-whois-asn-country-ipv6-num.csv"), 128))
    codes = sorted({country for _, country in v4 + v6 if country})
    numbers = {"": 0} | {code: index + 1 for index, code in enumerate(codes)}
    plain = bytes([len(name)]) + name + bytes([len(codes)]) + "".join(codes).encode() + struct.pack("<II", len(v4), len(v6))
    packed = zlib.compress(plain + columns(v4, numbers) + columns(v6, numbers), 9)
    print(f"{name.decode()}: {len(codes)} countries, {len(v4)} and {len(v6)} stretches, {len(packed)} bytes")
    return b"FCC1" + hashlib.sha256(packed).digest() + packed


def main():
    default = pathlib.Path(__file__).parent.parent / "FinConsole.Core/LoginHistory/Countries/countries.bin"
    target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else default
    with tempfile.TemporaryDirectory() as folder:
        target.write_bytes(pack(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(folder)))


main()
