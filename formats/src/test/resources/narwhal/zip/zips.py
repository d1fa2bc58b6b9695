"""Python's side of ZipReaderTest.

    python zips.py write FILE       python zips.py read FILE
"""
import sys
import zipfile

TEXT = b"Schwertwal " * 10_000

what, path = sys.argv[1:]
if what == "write":
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stored", TEXT)
        archive.writestr("deflated", TEXT, zipfile.ZIP_DEFLATED)
        with archive.open("large by field", "w", force_zip64=True) as entry:
            entry.write(TEXT)
        archive.writestr("größe", TEXT)
        archive.writestr("empty", b"")
else:
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["metadata.json", "größe", "empty"]
        assert archive.testzip() is None
        assert archive.read("größe") == TEXT
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
    print("as expected")
