package narwhal.callbacks;

import java.nio.file.Path;
import narwhal.disk.Container;
import narwhal.disk.Disk;
import narwhal.models.Model;

/// A file format for the state of a training. Narwhal's own is [#CONTAINER]; other modules bring others, and
/// [ModelCheckpoint#writer] takes any.
@FunctionalInterface
public interface CheckpointWriter {
    /// Narwhal's container with everything that is needed to go on.
    CheckpointWriter CONTAINER = (model, checkpoint, file) -> checkpoint.save(Disk.real(), file);

    /// Writes a file, whole or not at all, through `narwhal.disk`.
    ///
    /// @param model in training, with its weights as they are now
    /// @param checkpoint everything else: in its state `model`, `recipe` (class names and how pictures are prepared),
    ///     `learning_rate` and `step` (finished steps), as sections `weights/…` and `optimizer/…` in order
    /// @param file to be replaced; its folder exists
    /// @throws narwhal.errors.NarwhalException `DISK_FULL`, `DISK_PERMISSION` or `DISK_WRITE`; then an older file is intact
    void write(Model model, Container checkpoint, Path file);
}
