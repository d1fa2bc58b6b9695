package narwhal.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How to divide a folder of classes into sets for training, validation and test: class by class in the same proportions,
/// and so that pictures that belong together stay together. [#plan] decides, [SplitPlan] does it.
///
/// ```java
/// Split.of(Path.of("pictures")).ratio(70, 25, 5).plan().copyTo(Path.of("data"));
/// ```
///
/// @param path of the folder with a sub-folder for each class
/// @param parts what to divide it into
/// @param grouping which pictures belong together; found out from their names if empty
/// @param seed another one, another division
public record Split(Path path, List<Part> parts, Optional<Grouping> grouping, long seed) {
    /// A set that a split makes.
    ///
    /// @param name of its folder
    /// @param share above 0; only the proportions count
    public record Part(String name, double share) {
        public Part {
            if (!(share > 0) || Double.isInfinite(share)) {
                throw new IllegalArgumentException("the share of " + name + " is above 0, got " + share);
            }
        }
    }

    public Split {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.stream().map(Part::name).distinct().count() < parts.size()) {
            throw new IllegalArgumentException("a split has parts of different names, got " + parts);
        }
    }

    /// 70 : 25 : 5, with groups found out from the names.
    public static Split of(Path path) {
        return new Split(path, parts(70, 25, 5), Optional.empty(), 0);
    }

    private static List<Part> parts(double... shares) {
        var names = List.of("train", "validation", "test");
        var parts = new ArrayList<Part>();
        for (int i = 0; i < shares.length; i++) if (shares[i] > 0) parts.add(new Part(names.get(i), shares[i]));
        return parts;
    }

    /// Shares of `train`, `validation` and, if there are three, `test`; a part with share 0 is left out.
    public Split ratio(double... shares) {
        if (shares.length < 2 || shares.length > 3) {
            throw new IllegalArgumentException("a ratio has 2 or 3 shares, got " + shares.length);
        }
        return parts(parts(shares));
    }

    /// Other parts.
    public Split parts(List<Part> parts) {
        return new Split(path, parts, grouping, seed);
    }

    /// Which pictures belong together.
    public Split groups(Grouping grouping) {
        return new Split(path, parts, Optional.of(grouping), seed);
    }

    /// Another division; 0 unless said.
    public Split seed(long seed) {
        return new Split(path, parts, grouping, seed);
    }

    /// Decides where each picture goes, by its name alone; nothing is opened or written. The same folder gives the same
    /// plan on every computer.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`, `DATA_CLASS_NAMES`, `DATA_EMPTY_CLASS`
    public SplitPlan plan() {
        var listing = FolderListing.of(path, List.of(), ImageFolder.EXTENSIONS, false, 1);
        listing.requirePictures();
        var notes = new ArrayList<String>();
        var division = Division.of(listing, parts, grouping, seed, notes);
        var pictures = listing.all();
        var moves = new ArrayList<SplitPlan.Move>();
        for (var group : division.groups()) {
            for (int i : group.pictures()) {
                var picture = pictures.get(i);
                moves.add(new SplitPlan.Move(i, picture.path(), parts.get(division.partOf()[i]).name(),
                        listing.classNames().get(picture.classNumber()), group.key()));
            }
        }
        moves.sort(Comparator.comparingInt(SplitPlan.Move::number));
        return new SplitPlan(path, parts, listing.classNames(), moves, division.groups().size(), notes);
    }
}
