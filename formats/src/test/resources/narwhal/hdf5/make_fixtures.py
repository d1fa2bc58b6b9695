"""Writes fixtures.zip: small HDF5 files with every way in which h5py can lay out what a Keras file holds.

    python make_fixtures.py      (made with h5py 3.14.0 on HDF5 1.14.6)

Hdf5ReaderTest knows what is in them.
"""
import io
import zipfile

import h5py
import numpy as np
from h5py import h5a, h5d, h5p, h5s, h5t


def texts(file):
    """All string forms of an attribute."""
    a = file.attrs
    a["bytes"] = b"ascii"
    a["text"] = "Schwertwal 🐋"
    a["empty text"] = ""
    a["list of bytes"] = [b"conv2d_1", b"dense"]
    a["list of texts"] = np.array(["größer", "b"], dtype=h5py.string_dtype())
    a["empty list"] = []
    a["fixed zeros"] = np.array([b"conv2d_1", b"dense"], dtype="S8")
    fixed(file, "fixed zero-terminated", h5t.STR_NULLTERM)
    fixed(file, "fixed spaces", h5t.STR_SPACEPAD)
    a["names0"] = np.array([b"a", b"b"], dtype="S3")
    a["names1"] = np.array([b"ccc"], dtype="S3")
    a["number"] = 7
    a["nothing"] = h5py.Empty("S1")


def fixed(file, name, padding):
    kind = h5t.C_S1.copy()
    kind.set_size(6)
    kind.set_strpad(padding)
    attribute = h5a.create(file.id, name.encode(), kind, h5s.create_simple((2,)))
    fill = b" " if padding == h5t.STR_SPACEPAD else b"\0"
    attribute.write(np.array([b"one".ljust(6, fill), b"three".ljust(6, fill)], dtype="S6"), mtype=kind)


def numbers(file):
    """All types of a weight."""
    values = np.array([[0.5, -1.25, 3], [65504, 2.0 ** -14, 0]])
    for kind in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
        file["fraction " + kind.replace("<", "little ").replace(">", "big ")] = values.astype(kind)
    for kind in ["i1", "u1", "<i2", ">u2", "<i4", ">i4", "<u4", "<i8", ">i8"]:
        file["whole " + kind.replace("<", "little ").replace(">", "big ")] = np.array(-7 if "i" in kind else 200).astype(kind)
    file["scalar"] = np.float32(3e-5)
    file["none"] = np.zeros((0, 3), "f4")
    file["true"] = np.array(True)
    compact = h5p.create(h5p.DATASET_CREATE)
    compact.set_layout(h5d.COMPACT)
    h5d.create(file.id, b"compact", h5t.IEEE_F32LE, h5s.create_simple((3,)), compact).write(
        h5s.ALL, h5s.ALL, np.array([1, 2, 3], "f4"))
    opaque = h5t.create(h5t.OPAQUE, 2)
    opaque.set_tag(b"bfloat16")
    h5d.create(file.id, b"opaque", opaque, h5s.create_simple((2,))).write(
        h5s.ALL, h5s.ALL, np.array([b"ab", b"cd"], "V2"), mtype=opaque)


def many(file, groups, attributes, length):
    """More children and attributes than one node or one object header holds."""
    for i in range(groups):
        file.create_group(f"layer_{i}")
    for i in range(attributes):
        file.attrs[f"attribute_{i}"] = np.array([b"x" * length + str(i).encode()])


def large(file):
    """An attribute that no object header holds."""
    file.attrs["huge"] = np.array([b"y" * 100 + str(i).encode() for i in range(700)])
    file.attrs["small"] = b"z"


def save(archive, name, fill, **options):
    memory = io.BytesIO()
    with h5py.File(memory, "w", **options) as file:
        fill(file)
    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    archive.writestr(entry, memory.getvalue(), zipfile.ZIP_DEFLATED, 9)


with zipfile.ZipFile("fixtures.zip", "w") as archive:
    for version in ["earliest", "v108", "v110", "latest"]:
        save(archive, version + ".h5", lambda f: (texts(f), numbers(f)), libver=version)
    save(archive, "many-earliest.h5", lambda f: many(f, 300, 20, 10))
    save(archive, "many-latest.h5", lambda f: many(f, 700, 600, 10), libver="latest")
    save(archive, "ordered.h5", lambda f: many(f, 20, 12, 10), track_order=True)
    save(archive, "large-attribute.h5", large, libver="latest")
