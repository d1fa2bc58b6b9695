"""Reads the file that Hdf5WriterTest wrote, compares everything in it, and changes it in place.

    python read_example.py FILE
"""
import sys

import h5py
import numpy as np

path = sys.argv[1]
with h5py.File(path) as f:
    assert f.attrs["text"] == "Schwertwal 🐋"
    assert f.attrs["ascii"] == "größer"
    assert h5py.check_string_dtype(f.attrs.get_id("text").dtype).encoding == "utf-8"
    assert h5py.check_string_dtype(f.attrs.get_id("ascii").dtype).encoding == "ascii"
    assert f.attrs["empty text"] == ""
    assert f.attrs["config"] == "x" * 300_000
    assert f.attrs["nothing"].shape == (0,) and f.attrs["nothing"].dtype == np.float64
    assert [n.decode() for n in f.attrs["names"]] == ["conv2d_1", "dense"]
    assert [n.decode() for n in f.attrs["umlauts"]] == ["a", "größer"]
    assert [len(f.attrs[f"long{i}"]) for i in range(3)] == [667, 667, 666]
    assert f.attrs["long2"][-1] == b"%070d" % 1999
    kernel = f["dense/dense/kernel:0"]
    assert kernel.shape == (2, 3) and kernel.dtype == "<f4" and kernel.chunks is None
    expected = np.array([1, -2.5, 3e-5, 1.4e-45, np.nan, -np.inf], "f4").reshape(2, 3)
    assert np.array_equal(kernel[()], expected, equal_nan=True)
    assert f["scalar"][()] == np.float32(3e-5) and f["scalar"].shape == ()
    assert f["iterations"][()] == 2 ** 40 and f["iterations"].dtype == np.int64
    assert f["empty"].shape == (0, 3)
    assert np.array_equal(f["large"][()], np.arange(70_001, dtype="f4"))
    assert list(f["many"]) == sorted(f"layer_{i}" for i in range(5_000))
    assert all(f"layer_{i}" in f["many"] for i in range(5_000))
    assert all(f["noted"].attrs[f"note_{i}"] == f"value {i}" for i in range(300))

with h5py.File(path, "r+") as f:
    f["many"].create_group("new")
    f["many/data"] = 3
    for i in range(0, 5_000, 7):
        del f[f"many/layer_{i}"]
    f.attrs["more"] = ["a", "b"]
    f["dense/dense/kernel:0"][0, 0] = 7
    del f["large"]
with h5py.File(path) as f:
    assert len(f["many"]) == 5_000 - 715 + 2
    assert f["dense/dense/kernel:0"][0, 0] == 7
    assert list(f.attrs["more"]) == ["a", "b"] and f.attrs["config"] == "x" * 300_000
print("as expected")
