package narwhal.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import narwhal.data.ImageFolder;

/// Where the pictures of a training come from. Nothing is read before one of the sets is asked for.
///
/// @param name for the run folder
/// @param path of the data; empty for the embedded set
/// @param usualSize of the pictures where the user does not say one
/// @param train finds the pictures to learn from
/// @param validation finds the pictures to validate with
/// @param test finds the pictures for the end
record DataSource(String name, Optional<Path> path, ImageSize usualSize, Supplier<PictureSet> train,
        Supplier<PictureSet> validation, Optional<Supplier<PictureSet>> test) {
    private static final ImageSize USUAL_SIZE = new ImageSize(128, 128);

    /// The folder of the user, or the embedded set.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`, `USAGE_CONFLICT`
    static DataSource of(Optional<Path> data, TrainingOptions training, PictureOptions pictures) {
        if (data.isEmpty()) return Embedded.source(training);
        var folders = DataFolders.of(data.get(), training);
        return new DataSource(name(data.get()), data, USUAL_SIZE, look(folders.train(), pictures),
                look(folders.validation(), pictures), folders.test().map(test -> look(test, pictures)));
    }

    private static Supplier<PictureSet> look(ImageFolder folder, PictureOptions pictures) {
        var careful = folder.preparation(pictures.preparation(USUAL_SIZE)).skipBadImages(pictures.skipBadImages())
                .maxPixels(pictures.maxPixels());
        return () -> PictureSet.in(careful);
    }

    private static String name(Path data) {
        var name = data.toAbsolutePath().normalize().getFileName();
        return name == null ? "data" : name.toString();
    }
}
