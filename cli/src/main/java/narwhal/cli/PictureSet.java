package narwhal.cli;

import java.util.List;
import narwhal.data.Dataset;
import narwhal.data.FolderScan;
import narwhal.data.ImageFolder;
import narwhal.data.PictureSource;
import narwhal.data.Preparation;

/// Pictures that were found and looked at, before it is settled how much memory may keep them.
interface PictureSet {
    /// Number of usable pictures.
    int size();

    /// Names of the classes.
    List<String> classNames();

    /// What a person should know about them.
    List<String> lines();

    /// Bad pictures, a line each: name, code, reason.
    List<String> bad();

    /// The pictures as the network sees them.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_…` or `IMG_…` if they cannot be used
    Dataset dataset(Preparation preparation);

    /// The pictures of a folder; reads each once.
    static PictureSet in(ImageFolder folder) {
        return new Scanned(folder, folder.scan());
    }

    /// Pictures that the program draws.
    static PictureSet of(PictureSource source) {
        return new Drawn(source);
    }

    /// Pictures of a folder.
    record Scanned(ImageFolder folder, FolderScan scan) implements PictureSet {
        @Override
        public int size() {
            return scan.pictures();
        }

        @Override
        public List<String> classNames() {
            return scan.classNames();
        }

        @Override
        public List<String> lines() {
            return scan.lines();
        }

        @Override
        public List<String> bad() {
            return scan.bad().stream().map(bad -> bad.name() + "\t" + bad.problem().code() + "\t" + bad.reason())
                    .toList();
        }

        @Override
        public Dataset dataset(Preparation preparation) {
            return folder.preparation(preparation).dataset(scan);
        }
    }

    /// Pictures without files.
    record Drawn(PictureSource source) implements PictureSet {
        @Override
        public int size() {
            return source.size();
        }

        @Override
        public List<String> classNames() {
            return source.classNames();
        }

        @Override
        public List<String> lines() {
            return List.of("Found " + size() + " images belonging to " + classNames().size() + " classes.");
        }

        @Override
        public List<String> bad() {
            return List.of();
        }

        @Override
        public Dataset dataset(Preparation preparation) {
            return preparation.dataset(source);
        }
    }
}
