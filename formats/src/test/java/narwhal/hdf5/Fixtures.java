package narwhal.hdf5;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;

/// The files that h5py wrote by `make_fixtures.py` and `make_hostile.py`, by name.
final class Fixtures {
    private Fixtures() {
    }

    static SortedMap<String, byte[]> all() {
        return in("fixtures.zip");
    }

    static SortedMap<String, byte[]> in(String archive) {
        var files = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(Fixtures.class.getResourceAsStream(archive))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }
}
