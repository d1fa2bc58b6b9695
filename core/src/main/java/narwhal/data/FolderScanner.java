package narwhal.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import narwhal.data.FolderListing.Candidate;
import narwhal.data.picture.PictureDecoder;
import narwhal.data.picture.PictureFile;
import narwhal.data.picture.PictureNote;
import narwhal.errors.NarwhalException;

/// Reads every picture of a folder once, on all processors; the result does not depend on their number. If all resized
/// pictures fit into memory they are decoded and kept, so that the first epoch finds its work done; otherwise only their
/// structure is walked.
final class FolderScanner {
    private final Path root;
    private final PictureDecoder decoder;
    private final Preparation preparation;

    FolderScanner(Path root, PictureDecoder decoder, Preparation preparation) {
        this.root = root;
        this.decoder = decoder;
        this.preparation = preparation;
    }

    /// @param split the part that is wanted; all if empty
    FolderScan scan(FolderListing listing, Optional<ValidationSplit> split) {
        var lines = new ArrayList<String>();
        var candidates = split.map(part -> part.of(listing, lines)).orElseGet(listing::all);
        lines.addAll(listing.ignored().lines());
        boolean decode = SampleCache.fitting(candidates.size(), preparation) == candidates.size();
        var entries = new ArrayList<FolderEntry>();
        var samples = new ArrayList<Optional<byte[]>>();
        var bad = new ArrayList<BadPicture>();
        var badOfClass = new int[listing.classNames().size()];
        var notes = new EnumMap<PictureNote, Integer>(PictureNote.class);
        for (var look : looks(candidates, decode)) {
            switch (look) {
                case Look.Good good -> {
                    entries.add(good.entry);
                    samples.add(good.samples);
                    good.notes.forEach(note -> notes.merge(note, 1, Integer::sum));
                }
                case Look.Bad failed -> {
                    bad.add(failed.picture);
                    badOfClass[failed.classNumber]++;
                }
            }
        }
        var cache = new SampleCache(decode ? entries.size() : 0);
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).isPresent()) cache.put(i, samples.get(i).get());
        }
        return new FolderScan(root.toString(), listing.classNames(), entries, bad, badOfClass, notes,
                lines, preparation, cache);
    }

    /// A look at each file, in their order.
    private List<Look> looks(List<Candidate> candidates, boolean decode) {
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("narwhal-scan-", 1).factory())) {
            var looks = new ArrayList<Look>(candidates.size());
            var tasks = candidates.stream().map(each -> (Callable<Look>) () -> look(each, decode)).toList();
            for (var look : threads.invokeAll(tasks)) looks.add(look.get());
            return looks;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at " + root, e);
        }
    }

    private sealed interface Look {
        record Good(FolderEntry entry, Set<PictureNote> notes, Optional<byte[]> samples) implements Look {}

        record Bad(BadPicture picture, int classNumber) implements Look {}
    }

    private Look look(Candidate candidate, boolean decode) {
        var name = candidate.path().toString();
        try {
            var file = PictureFile.read(candidate.path());
            var entry = new FolderEntry(candidate.path(), candidate.name(), candidate.classNumber(), file.size(),
                    file.modified());
            if (!decode) return new Look.Good(entry, decoder.inspect(file.bytes(), name).notes(), Optional.empty());
            var decoded = decoder.decode(file.bytes(), name);
            return new Look.Good(entry, decoded.notes(), Optional.of(preparation.samples(decoded.picture())));
        } catch (NarwhalException e) {
            // the message without code, path and advice
            var reason = e.detail().replace(name + ": ", "");
            return new Look.Bad(new BadPicture(candidate.name(), e.problem(), reason), candidate.classNumber());
        }
    }
}
