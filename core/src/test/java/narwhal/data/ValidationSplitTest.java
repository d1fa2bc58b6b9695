package narwhal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import narwhal.data.picture.PngMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationSplitTest {
    @TempDir
    private Path home;

    private void pictures(List<String> names) {
        try {
            for (var name : names) {
                var file = home.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, PngMaker.rgb(2, 2, 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> names(ValidationSplit split) {
        var set = ImageFolder.of(home).resize(2, 2).validationSplit(split).dataset();
        return IntStream.range(0, set.size()).mapToObj(set::nameOf).toList();
    }

    /// Oracle: `ImageDataGenerator` and `image_dataset_from_directory` of Keras 3, asked by `validation_split.py`.
    @Test
    void takesTheFilesThatKerasTakes() throws IOException {
        var all = new ArrayList<String>();
        List.of("a 17", "b 30", "c 9").forEach(word -> IntStream.range(0, Integer.parseInt(word.substring(2)))
                .forEach(i -> all.add("%s/%02d.png".formatted(word.substring(0, 1), i))));
        pictures(all);
        try (var in = ValidationSplitTest.class.getResourceAsStream("validation_split.txt")) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(lines).hasSize(36);
            for (var line : lines) {
                var words = List.of(line.split(" ", -1));
                double fraction = Double.parseDouble(words.get(1));
                var subset = Subset.valueOf(words.get(2));
                long seed = Long.parseLong(words.get(3));
                var split = words.get(0).equals("FIRST")
                        ? ValidationSplit.firstOfEachClass(fraction, subset)
                        : seed < 0
                                ? new ValidationSplit(fraction, subset,
                                        new ValidationSplit.Rule.LastShuffled(java.util.OptionalLong.empty()))
                                : ValidationSplit.lastShuffled(fraction, subset, seed);
                var listing = FolderListing.of(home, List.of(), ImageFolder.EXTENSIONS, false, 2);
                assertThat(split.of(listing, new ArrayList<>())).as(line.substring(0, 20))
                        .map(FolderListing.Candidate::name).containsExactlyElementsOf(words.subList(4, words.size()));
            }
        }
    }

    private static List<String> recordings() {
        var names = new ArrayList<String>();
        for (int r = 0; r < 40; r++) {
            for (int piece = 0; piece < 1 + r % 5; piece++) {
                names.add((r % 3 == 0 ? "neg" : "pos") + "/rec%02d_%03d.png".formatted(r, piece));
            }
        }
        return names;
    }

    private static Set<String> recordingsOf(List<String> names) {
        var recordings = new HashSet<String>();
        names.forEach(name -> recordings.add(name.replaceAll(".*/|_.*", "")));
        return recordings;
    }

    @Test
    void keepsRecordingsTogetherAsTheCommandSplitDoes() {
        pictures(recordings());
        var training = names(ValidationSplit.groups(0.25, Subset.TRAINING));
        var validation = names(ValidationSplit.groups(0.25, Subset.VALIDATION));
        assertThat(recordingsOf(training)).doesNotContainAnyElementsOf(recordingsOf(validation));
        assertThat(training.size() + validation.size()).isEqualTo(recordings().size());
        assertThat((double) validation.size() / recordings().size()).isBetween(0.22, 0.28);
        var plan = Split.of(home).ratio(75, 25).plan();
        assertThat(plan.moves().stream().filter(move -> move.part().equals("validation"))
                .map(move -> home.relativize(move.original()).toString())).containsExactlyElementsOf(validation);
        // the rule of Keras divides a recording
        assertThat(recordingsOf(names(ValidationSplit.firstOfEachClass(0.4, Subset.TRAINING)))).containsAnyElementsOf(
                recordingsOf(names(ValidationSplit.firstOfEachClass(0.4, Subset.VALIDATION))));
    }

    @Test
    void groupsByAnExpressionOrNotAtAll() {
        pictures(List.of("a/1-whale.png", "a/2-whale.png", "a/3-seal.png", "a/4-boat.png", "b/5-whale.png",
                "b/6-seal.png", "b/7-boat.png", "b/8-boat.png"));
        var by = Grouping.matching("-([a-z]+)");
        var validation = names(ValidationSplit.groups(0.4, Subset.VALIDATION, by));
        var training = names(ValidationSplit.groups(0.4, Subset.TRAINING, by));
        var kinds = validation.stream().map(name -> name.replaceAll(".*-", "")).toList();
        assertThat(training).hasSize(8 - validation.size()).noneMatch(name -> kinds.contains(name.replaceAll(".*-",
                "")));
        assertThat(names(ValidationSplit.groups(0.5, Subset.VALIDATION, Grouping.none()))).hasSize(4);
    }

    @Test
    void saysWhenNamesTellNoRecordingsApart() {
        pictures(IntStream.range(0, 20).mapToObj(i -> (i % 2 == 0 ? "cat/cat." : "dog/dog.") + i + ".png").toList());
        var scan = ImageFolder.of(home).validationSplit(ValidationSplit.groups(0.25, Subset.TRAINING)).scan();
        assertThat(scan.lines()).contains("Pictures are divided one by one: the names in class cat do not tell "
                + "recordings apart.");
    }

    @Test
    void refusesWhatCannotBe() {
        for (double fraction : new double[]{0, 1, Double.NaN}) {
            assertThatThrownBy(() -> ValidationSplit.groups(fraction, Subset.TRAINING))
                    .hasMessage("a validation split lies between 0 and 1, got " + fraction);
        }
        assertThatThrownBy(() -> ValidationSplit.lastShuffled(0.5, Subset.TRAINING, -1))
                .hasMessage("NumPy takes seeds from 0 to 2^32 - 1, got -1");
    }
}
