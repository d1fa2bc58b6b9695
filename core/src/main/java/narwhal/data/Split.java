package narwhal.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import narwhal.data.FolderListing.Candidate;

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
        var pictures = listing.classes().stream().flatMap(List::stream).toList();
        var note = new ArrayList<String>();
        var chosen = grouping.orElseGet(() -> found(listing, note));
        var groups = Group.of(pictures, chosen, listing.classNames().size());
        int[] partOf = new Allocation(parts, listing.classNames().size(), groups, seed).parts();
        var moves = new ArrayList<SplitPlan.Move>();
        for (int g = 0; g < partOf.length; g++) {
            for (int i : groups.get(g).pictures()) {
                var picture = pictures.get(i);
                moves.add(new SplitPlan.Move(i, picture.path(), parts.get(partOf[g]).name(),
                        listing.classNames().get(picture.classNumber()), groups.get(g).key()));
            }
        }
        moves.sort(Comparator.comparingInt(SplitPlan.Move::number));
        return new SplitPlan(path, parts, listing.classNames(), moves, groups.size(), note);
    }

    /// Recordings if the names look like it; else every picture for itself. Names such as `cat.1.jpg … cat.4000.jpg` would
    /// be one recording, which cannot be divided.
    private Grouping found(FolderListing listing, List<String> note) {
        var recordings = Grouping.recordings();
        for (var pictures : listing.classes()) {
            var groups = Group.of(pictures, recordings, listing.classNames().size());
            int largest = groups.stream().mapToInt(group -> group.pictures().length).max().orElse(0);
            boolean divisible = groups.size() >= 3 * parts.size() && largest * 3 <= pictures.size();
            if (!divisible && groups.size() < pictures.size()) {
                note.add("Pictures are divided one by one: the names in class "
                        + listing.classNames().get(pictures.getFirst().classNumber())
                        + " do not tell recordings apart.");
                return Grouping.none();
            }
        }
        return recordings;
    }

    /// Pictures that belong together.
    ///
    /// @param pictures their places in the list of all
    /// @param ofClass how many of each class
    @SuppressWarnings("ArrayRecordComponent")
    record Group(String key, int[] pictures, int[] ofClass) {
        /// The groups in the order of their first pictures.
        static List<Group> of(List<Candidate> pictures, Grouping grouping, int classes) {
            var members = new LinkedHashMap<String, List<Integer>>();
            for (int i = 0; i < pictures.size(); i++) {
                members.computeIfAbsent(key(pictures.get(i), grouping), key -> new ArrayList<>()).add(i);
            }
            var groups = new ArrayList<Group>();
            members.forEach((key, numbers) -> {
                int[] ofClass = new int[classes];
                numbers.forEach(i -> ofClass[pictures.get(i).classNumber()]++);
                groups.add(new Group(key, numbers.stream().mapToInt(Integer::intValue).toArray(), ofClass));
            });
            return groups;
        }

        /// Groups reach over classes, since one recording may have pieces of several; a picture that is a group of its own
        /// does not.
        private static String key(Candidate picture, Grouping grouping) {
            var below = picture.name().substring(picture.name().indexOf('/') + 1);
            var key = grouping.keyOf(below);
            return key.equals(below) ? picture.name() : key;
        }
    }

}
