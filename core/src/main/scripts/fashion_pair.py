"""Makes fashion-pair.gz, the pictures of the set `fashion-pair`, from the four files of Fashion-MNIST.

    apt-get download dataset-fashion-mnist && dpkg-deb -x dataset-fashion-mnist_*.deb fashion
    python3 fashion_pair.py fashion/usr/share/datasets/fashion-mnist ../resources/narwhal/data/synth/fashion-pair.gz

Coats (label 4) and pullovers (label 2): of each the first 1,500 of the training files, then the first 250 of the test
files, in the order of the files; coats before pullovers in both. Each picture is 28 × 28 bytes in rows from the top.
The result is the same to the byte for every run.
"""

import gzip
import struct
import sys
from pathlib import Path

COAT, PULLOVER = 4, 2
PARTS = [("train", 1500), ("t10k", 250)]


def pictures(folder, part):
    with gzip.open(folder / f"{part}-images-idx3-ubyte.gz") as file:
        magic, count, height, width = struct.unpack(">4i", file.read(16))
        assert (magic, height, width) == (2051, 28, 28)
        data = file.read()
    assert len(data) == count * 784
    return [data[i * 784:(i + 1) * 784] for i in range(count)]


def labels(folder, part):
    with gzip.open(folder / f"{part}-labels-idx1-ubyte.gz") as file:
        magic, count = struct.unpack(">2i", file.read(8))
        assert magic == 2049
        data = file.read()
    assert len(data) == count
    return data


def main(folder, target):
    chosen = []
    for part, count in PARTS:
        images, classes = pictures(folder, part), labels(folder, part)
        for wanted in (COAT, PULLOVER):
            own = [image for image, label in zip(images, classes) if label == wanted][:count]
            assert len(own) == count
            chosen += own
    with open(target, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(b"".join(chosen))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
