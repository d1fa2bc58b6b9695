package narwhal.keras;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The files Keras writes.
public enum KerasFormat {
    /// `.keras`: an archive with everything. Keras 3.
    KERAS,
    /// `.h5`: everything in one HDF5 file, in words that Keras 3 reads, and Keras 2.3 too.
    H5,
    /// `.h5` as [#H5], in Keras 2.2's words for training (`lr`, `clipnorm` of all gradients): Keras 3 reads it uncompiled only.
    H5_KERAS_2_2,
    /// `.weights.h5`: weights alone, as Keras 3 saves them.
    WEIGHTS_H5,
    /// `.h5`: weights alone, as Keras 2 saves them; Keras 3 reads them too.
    LEGACY_WEIGHTS_H5,
    /// `.json`: the architecture alone.
    JSON;

    /// The format that a file's name asks for; empty for a name that no Keras would give.
    public static Optional<KerasFormat> of(Path file) {
        var fileName = file.getFileName();
        var name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".keras")) return Optional.of(KERAS);
        if (name.endsWith(".weights.h5")) return Optional.of(WEIGHTS_H5);
        if (name.endsWith(".h5") || name.endsWith(".hdf5")) return Optional.of(H5);
        if (name.endsWith(".json")) return Optional.of(JSON);
        return Optional.empty();
    }
}
