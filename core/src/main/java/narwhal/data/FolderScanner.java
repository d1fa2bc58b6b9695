package narwhal.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import narwhal.data.FolderListing.Candidate;
import narwhal.data.picture.PictureDecoder;
import narwhal.data.picture.PictureFile;
import narwhal.data.picture.PictureNote;
import narwhal.errors.NarwhalException;

/// Reads every picture of a folder once, on all processors; the result does not depend on their number.
final class FolderScanner {
    private final Path root;
    private final PictureDecoder decoder;

    FolderScanner(Path root, PictureDecoder decoder) {
        this.root = root;
        this.decoder = decoder;
    }

    /// @param split the part of each class that is wanted; all of it if empty
    FolderScan scan(FolderListing listing, Optional<ValidationSplit> split) {
        var candidates = new ArrayList<Candidate>();
        for (var all : listing.classes()) {
            candidates.addAll(split.map(part -> all.subList(part.begin(all.size()), part.end(all.size()))).orElse(all));
        }
        // A parallel stream into fixed places: nothing is reduced in it.
        var looks = IntStream.range(0, candidates.size()).parallel().mapToObj(i -> look(candidates.get(i))).toList();
        var entries = new ArrayList<FolderEntry>();
        var bad = new ArrayList<BadPicture>();
        var badOfClass = new int[listing.classNames().size()];
        var notes = new EnumMap<PictureNote, Integer>(PictureNote.class);
        for (int i = 0; i < looks.size(); i++) {
            switch (looks.get(i)) {
                case Look.Good good -> {
                    entries.add(good.entry);
                    good.notes.forEach(note -> notes.merge(note, 1, Integer::sum));
                }
                case Look.Bad failed -> {
                    bad.add(failed.picture);
                    badOfClass[candidates.get(i).classNumber()]++;
                }
            }
        }
        return new FolderScan(root.toString(), listing.classNames(), entries, bad, badOfClass, notes,
                listing.ignored().lines());
    }

    private sealed interface Look {
        record Good(FolderEntry entry, Set<PictureNote> notes) implements Look {}

        record Bad(BadPicture picture) implements Look {}
    }

    private Look look(Candidate candidate) {
        try {
            var file = PictureFile.read(candidate.path());
            var decoded = decoder.decode(file.bytes(), candidate.path().toString());
            return new Look.Good(new FolderEntry(candidate.path(), candidate.name(), candidate.classNumber(),
                    file.size(), file.modified()), decoded.notes());
        } catch (NarwhalException e) {
            return new Look.Bad(new BadPicture(candidate.name(), e.problem(), reason(e, candidate.path())));
        }
    }

    /// The message without code, path and advice.
    private static String reason(NarwhalException e, Path path) {
        return e.detail().replace(path + ": ", "");
    }
}
