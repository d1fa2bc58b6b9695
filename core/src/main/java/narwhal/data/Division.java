package narwhal.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import narwhal.data.FolderListing.Candidate;
import narwhal.data.Split.Part;

/// Which part each picture of a folder goes into: class by class in the wanted proportions, groups undivided.
///
/// @param groups in the order of their first pictures
/// @param partOf for each picture of the listing, the number of its part
@SuppressWarnings("ArrayRecordComponent")
record Division(List<Group> groups, int[] partOf) {
    /// @param grouping which pictures belong together; found out from their names if empty
    /// @param notes gets what a person should know
    static Division of(FolderListing listing, List<Part> parts, Optional<Grouping> grouping, long seed,
            List<String> notes) {
        var pictures = listing.all();
        var chosen = grouping.orElseGet(() -> found(listing, parts.size(), notes));
        var groups = Group.of(pictures, chosen, listing.classNames().size());
        int[] ofGroup = new Allocation(parts, listing.classNames().size(), groups, seed).parts();
        int[] partOf = new int[pictures.size()];
        for (int g = 0; g < ofGroup.length; g++) for (int i : groups.get(g).pictures()) partOf[i] = ofGroup[g];
        return new Division(groups, partOf);
    }

    /// Recordings if the names look like it; else every picture for itself. Names such as `cat.1.jpg … cat.4000.jpg` would
    /// be one recording, which cannot be divided.
    private static Grouping found(FolderListing listing, int parts, List<String> notes) {
        var recordings = Grouping.recordings();
        for (var pictures : listing.classes()) {
            var groups = Group.of(pictures, recordings, listing.classNames().size());
            int largest = groups.stream().mapToInt(group -> group.pictures().length).max().orElse(0);
            boolean divisible = groups.size() >= 3 * parts && largest * 3 <= pictures.size();
            if (!divisible && groups.size() < pictures.size()) {
                notes.add("Pictures are divided one by one: the names in class "
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
