"""Writes hostile.zip: HDF5 files that are legal, that h5py writes without a murmur, and that no model file has any business to be.

    python make_hostile.py      (made with h5py 3.14.0 on HDF5 1.14.6)

EvilHdf5Test knows what each of them must be refused for. The byte forgeries are made in that test itself.
"""
import io
import zipfile

import h5py
import numpy as np
from h5py import h5d, h5p, h5s, h5t


def soft_link(f):
    f["weights"] = np.zeros(3, "f4")
    f["alias"] = h5py.SoftLink("/weights")


def external_link(f):
    f["stolen"] = h5py.ExternalLink("/etc/passwd", "/")


def external_storage(f):
    f.create_dataset("stolen", (16,), "u1", external=[("/etc/passwd", 0, 16)])


def virtual(f):
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource("/etc/other.h5", "data", (4,))
    f.create_virtual_dataset("stolen", layout)


def gzip(f):
    f.create_dataset("bomb", data=np.zeros(1 << 20, "f4"), compression="gzip", compression_opts=9)


def chunked(f):
    f.create_dataset("chunks", data=np.zeros((8, 8), "f4"), chunks=(2, 2))


def never_written(f):
    f.create_dataset("claims", (1 << 40,), "f4")


def cycle(f):
    inner = f.create_group("a/b")
    inner["again"] = f["a"]


def cycle_to_root(f):
    f.create_group("a")["root"] = f["/"]


def two_names(f):
    f["a"] = np.zeros(3, "f4")
    f["b"] = f["a"]


def deep(f):
    f.create_group("/".join(["d"] * 40))


def named_type(f):
    f["kind"] = np.dtype("f4")
    f.create_dataset("weights", (3,), f["kind"], np.zeros(3, "f4"))


def compound(f):
    f["pair"] = np.zeros(3, [("a", "f4"), ("b", "i8")])


def references(f):
    f["to"] = np.zeros(3)
    f.attrs["reference"] = f["to"].ref


ALL = [soft_link, external_link, external_storage, virtual, gzip, chunked, never_written, cycle, cycle_to_root, two_names,
       deep, named_type, compound, references]


def save(archive, name, fill, **options):
    memory = io.BytesIO()
    with h5py.File(memory, "w", **options) as file:
        fill(file)
    entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    archive.writestr(entry, memory.getvalue(), zipfile.ZIP_DEFLATED, 9)


with zipfile.ZipFile("hostile.zip", "w") as archive:
    for version in ["earliest", "latest"]:
        for fill in ALL:
            save(archive, f"{fill.__name__}-{version}.h5", fill, libver=version)
    save(archive, "user_block.h5", soft_link, userblock_size=512)
