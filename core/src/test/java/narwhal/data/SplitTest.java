package narwhal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    @TempDir
    private Path home;

    private Path pictures(String... names) throws IOException {
        var folder = home.resolve("pictures");
        for (var name : names) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + name);
        }
        return folder;
    }

    /// Names `class/rec7_003.png` of many recordings of different lengths, some with pieces in both classes.
    private static List<String> recordings(SplittableRandom random, int recordings) {
        var names = new ArrayList<String>();
        for (int r = 0; r < recordings; r++) {
            int pieces = 1 + random.nextInt(12);
            int kind = random.nextInt(3);
            for (int p = 0; p < pieces; p++) {
                var className = kind == 0 ? "neg" : kind == 1 ? "pos" : random.nextBoolean() ? "neg" : "pos";
                names.add(String.format("%s/rec%d_%03d.png", className, r, p));
            }
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesEveryPictureOnceAndKeepsRecordingsTogether(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var names = recordings(random, 120);
        var plan = Split.of(pictures(names.toArray(String[]::new))).seed(seed).plan();
        assertThat(plan.moves()).extracting(move -> home.resolve("pictures").relativize(move.original()).toString())
                .containsExactlyInAnyOrderElementsOf(names);
        var partOf = new HashMap<String, String>();
        for (var move : plan.moves()) {
            var recording = move.original().getFileName().toString().replaceAll("_.*", "");
            assertThat(partOf.putIfAbsent(recording, move.part())).isIn(null, move.part());
        }
        assertThat(plan.groups()).isEqualTo(120);
        for (var className : List.of("neg", "pos")) {
            double all = names.stream().filter(name -> name.startsWith(className)).count();
            assertThat(plan.count("train", className) / all).isBetween(0.68, 0.72);
            assertThat(plan.count("validation", className) / all).isBetween(0.23, 0.27);
            assertThat(plan.count("test", className) / all).isBetween(0.03, 0.07);
        }
    }

    /// Without groups each class has its share but for rounding.
    @ParameterizedTest
    @CsvSource({"40, 60", "1000, 37", "7, 9", "400, 400"})
    void hitsTheSharesOfEachClass(int first, int second) throws IOException {
        var names = new ArrayList<String>();
        for (int i = 0; i < first; i++) names.add("a/cat." + i + ".png");
        for (int i = 0; i < second; i++) names.add("b/dog." + i + ".png");
        var plan = Split.of(pictures(names.toArray(String[]::new))).plan();
        for (var part : List.of(new Split.Part("train", 0.70), new Split.Part("validation", 0.25),
                new Split.Part("test", 0.05))) {
            for (var each : List.of("a " + first, "b " + second)) {
                double target = part.share() * Integer.parseInt(each.substring(2));
                assertThat((double) plan.count(part.name(), each.substring(0, 1))).as(part.name() + " " + each)
                        .isBetween(Math.floor(target), Math.max(1, Math.ceil(target)));
            }
        }
        assertThat(plan.lines()).anyMatch(line -> line.contains("one by one"));
    }

    @Test
    void dependsOnNothingButNamesAndSeed() throws IOException {
        var names = recordings(new SplittableRandom(9), 40);
        var folder = pictures(names.toArray(String[]::new));
        var plan = Split.of(folder).plan();
        var other = home.resolve("other");
        for (var name : names.reversed()) {
            Files.createDirectories(other.resolve(name).getParent());
            Files.createFile(other.resolve(name));
        }
        assertThat(described(Split.of(other).plan())).isEqualTo(described(plan))
                .isEqualTo(described(Split.of(folder).plan()));
        assertThat(described(Split.of(folder).seed(1).plan())).isNotEqualTo(described(plan));
    }

    private static List<String> described(SplitPlan plan) {
        return plan.moves().stream()
                .map(move -> move.className() + "/" + move.original().getFileName() + " " + move.part())
                .toList();
    }

    @Test
    void givesEachPartSomethingOfEachClassWhereItCan() throws IOException {
        var names = new ArrayList<String>();
        for (int r = 0; r < 3; r++) for (int p = 0; p < 50; p++) names.add("a/x" + r + "_" + p + ".png");
        for (int i = 0; i < 90; i++) names.add("b/y" + i + "_0.png");
        var plan = Split.of(pictures(names.toArray(String[]::new))).groups(Grouping.recordings()).plan();
        for (var part : List.of("train", "validation", "test"))
            assertThat(plan.count(part, "a")).as(part).isEqualTo(50);
        for (int i = 0; i < names.size(); i++)
            if (names.get(i).startsWith("a/x2")) Files.delete(home.resolve("pictures/" + names.get(i)));
        var fewer = Split.of(home.resolve("pictures")).groups(Grouping.recordings()).plan();
        assertThat(fewer.lines())
                .anyMatch(line -> line.startsWith("Warning: ") && line.contains("no picture of class a"));
    }

    @ParameterizedTest
    @CsvSource({"rec12_003.png, rec12", "2019/rec7-1.jpg, 2019/rec7", "call.wav.12.png, call.wav", "a 5.png, a",
        "img7, img", "plain.png, plain.png", "rec/0001.png, rec/", "0001.png, 0001.png", "x_1_2.png, x_1"})
    void recordingsAreWhatStandsBeforeTheLastNumber(String name, String key) {
        assertThat(Grouping.recordings().keyOf(name)).isEqualTo(key);
    }

    @Test
    void groupsByAnExpression() throws IOException {
        var folder = pictures("a/7-whale-x.png", "a/8-whale-y.png", "a/9-seal-z.png", "b/1-whale-q.png",
                "b/2-other.png",
                "b/odd.png");
        var plan = Split.of(folder).ratio(1, 1).groups(Grouping.matching("-([a-z]+)-")).plan();
        assertThat(plan.groups()).isEqualTo(4);
        assertThat(plan.moves().stream().filter(move -> move.group().equals("whale")).map(SplitPlan.Move::part)
                .collect(Collectors.toSet())).hasSize(1);
        assertThatThrownBy(() -> Grouping.matching("-([a-z+")).isInstanceOf(NarwhalException.class)
                .extracting(e -> ((NarwhalException) e).problem()).isEqualTo(Problem.USAGE_VALUE);
    }

    @Test
    void copies() throws IOException {
        var names = recordings(new SplittableRandom(4), 30);
        names.add("pos/sub/deeper/rec99_1.png");
        names.add("pos/sub/\u00fc \u4e2d.png");
        var folder = pictures(names.toArray(String[]::new));
        var out = home.resolve("new").resolve("data");
        Split.of(folder).plan().copyTo(out);
        var seen = new HashSet<String>();
        try (var files = Files.walk(out)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = out.relativize(file);
                var inClass = name.subpath(1, name.getNameCount()).toString();
                assertThat(file).hasContent("content of " + inClass);
                seen.add(inClass);
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(names);
        for (var name : names) assertThat(folder.resolve(name)).hasContent("content of " + name);
        assertThatThrownBy(() -> Split.of(folder).plan().copyTo(out)).isInstanceOf(NarwhalException.class)
                .extracting(e -> ((NarwhalException) e).problem()).isEqualTo(Problem.USAGE_VALUE);
    }

    @Test
    void links() throws IOException {
        var folder = pictures("a/x1_1.png", "a/x2_1.png", "b/y1_1.png", "b/y2_1.png");
        var out = home.resolve("data");
        Split.of(folder).ratio(50, 50).plan().linkTo(out);
        try (var files = Files.walk(out)) {
            assertThat(files.filter(Files::isSymbolicLink).toList()).hasSize(4)
                    .allSatisfy(link -> assertThat(link).content().startsWith("content of "));
        }
    }

    @Test
    void refusesWhatItWouldDamage() throws IOException {
        var folder = pictures("a/x1.png", "b/y1.png");
        var plan = Split.of(folder).plan();
        assertThatThrownBy(() -> plan.copyTo(folder.resolve("split"))).isInstanceOf(NarwhalException.class)
                .hasMessageContaining("inside");
        Files.delete(folder.resolve("b/y1.png"));
        var out = home.resolve("out");
        assertThatThrownBy(() -> plan.copyTo(out)).isInstanceOf(NarwhalException.class)
                .extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.IMG_UNREADABLE);
        assertThatThrownBy(() -> Split.of(folder).plan()).isInstanceOf(NarwhalException.class)
                .extracting(e -> ((NarwhalException) e).problem())
                .isEqualTo(Problem.DATA_EMPTY_CLASS);
        assertThat(out).doesNotExist();
        try (var left = Files.list(home)) {
            assertThat(left.toList()).containsExactly(folder);
        }
    }
}
