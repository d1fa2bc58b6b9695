package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import narwhal.data.ImageFolder;
import narwhal.data.Subset;
import narwhal.errors.Problem;

/// What a folder of data holds: sets in sub-folders, or classes of which a part is set aside.
///
/// @param train the pictures to learn from
/// @param validation the pictures to validate with
/// @param test the pictures for the end
record DataFolders(ImageFolder train, ImageFolder validation, Optional<ImageFolder> test) {
    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";

    /// @param training says what is set aside for validation
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`, `USAGE_CONFLICT`
    static DataFolders of(Path data, TrainingOptions training) {
        var train = data.resolve(TRAIN);
        var validation = data.resolve(VALIDATION);
        if (!Files.isDirectory(train) && !Files.isDirectory(validation)) {
            var all = ImageFolder.of(data);
            return new DataFolders(all.validationSplit(training.part(Subset.TRAINING)),
                    all.validationSplit(training.part(Subset.VALIDATION)), Optional.empty());
        }
        if (!Files.isDirectory(train)) throw missing(data, TRAIN, VALIDATION);
        if (!Files.isDirectory(validation)) throw missing(data, VALIDATION, TRAIN);
        training.checkNoSplit(data + " has its own validation/", train + " as DATA");
        var test = data.resolve(TEST);
        return new DataFolders(ImageFolder.of(train), ImageFolder.of(validation),
                Files.isDirectory(test) ? Optional.of(ImageFolder.of(test)) : Optional.empty());
    }

    private static RuntimeException missing(Path data, String name, String other) {
        var similar = List.of("val", "valid", "eval", "dev", "training", "trainset").stream()
                .filter(word -> word.charAt(0) == name.charAt(0) || name.equals(VALIDATION) && !word.startsWith("t"))
                .filter(word -> Files.isDirectory(data.resolve(word))).findFirst();
        return Problem.DATA_NOT_FOUND.because(data + ": has " + other + "/ but no " + name + "/",
                similar.map(word -> "rename " + word + "/ to " + name + "/")
                        .orElse("add it, or give a folder of class folders"));
    }
}
