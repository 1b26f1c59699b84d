"""Licences and sources of everything in Cargo.lock, by the lists in deny.toml. Needs no network.

usage: python3 tools/audit.py      (in the repository's root; status 1 names what may not enter)
"""

import json
import re
import subprocess
import sys
import tomllib

REGISTRY = "registry+https://github.com/rust-lang/crates.io-index"


def allowed(expression, licences):
    """Whether an SPDX expression can be satisfied; AND binds closer than OR, "/" is an old OR."""
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace(" WITH ", "~WITH~").replace("/", " OR "))

    def either():
        good = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            good = both() or good
        return good

    def both():
        good = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            good = one() and good
        return good

    def one():
        token = tokens.pop(0)
        if token != "(":
            return token.replace("~", " ") in licences
        good = either()
        tokens.pop(0)
        return good

    return either()


def main():
    with open("deny.toml", "rb") as file:
        licences = set(tomllib.load(file)["licenses"]["allow"])
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"]
    packages = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["packages"]
    wrong = []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["source"] not in (None, REGISTRY):
            wrong.append(f"{name}: source {package['source']}")
        licence = package["license"]
        if not licence or not allowed(licence, licences):
            wrong.append(f"{name}: licence {licence or 'unknown'}")
    print(f"audit: {len(packages)} packages, {len(wrong)} refused")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
