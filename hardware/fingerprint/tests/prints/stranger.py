"""NIST's NBIS in another maker's hands: `stranger.py FOLDER` makes a template (ISO/IEC
19794-2:2005) of every image there, and compares every template of ours with every image:
a line for each, with template, image and Bozorth3's score."""

import pathlib
import sys

import nbis

folder = pathlib.Path(sys.argv[1])
looks = {}
for path in sorted(folder.glob("*.pgm")):
    looks[path.stem] = nbis.extract_minutiae(path.read_bytes(), 500.0)
    path.with_suffix(".theirs").write_bytes(looks[path.stem].to_iso_19794_2_2005())
for path in sorted(folder.glob("*.ours")):
    ours = nbis.load_iso_19794_2_2005(path.read_bytes())
    for name, look in looks.items():
        print(path.stem, name, ours.compare(look))
