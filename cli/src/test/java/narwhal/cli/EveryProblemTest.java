package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import narwhal.data.ImageFolder;
import narwhal.disk.Disk;
import narwhal.disk.RunLock;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.keras.KerasFiles;
import narwhal.keras.KerasModel;
import narwhal.layers.Layers;
import narwhal.losses.Losses;
import narwhal.models.Model;
import narwhal.optimizers.Optimizers;
import narwhal.training.Trainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Every entry of the catalogue can happen, and then is one line with code, place and advice, and its exit code. A new entry
/// does not compile here without a way to make it happen.
class EveryProblemTest {
    private static final Pattern ONE_LINE = Pattern.compile("E-[A-Z-]+ \\S[^\\n]{10,390}\\n");

    @TempDir
    static Path folder;

    @BeforeAll
    static void aRun() throws IOException {
        TestPictures.divided(folder.resolve("data"), 6, 4, 0, 16);
        assertThat(train("data", "run").code()).isZero();
    }

    /// A small training, with other options where they are given.
    private static Outcome train(String data, String run, String... more) {
        var words = new ArrayList<>(List.of("train", folder.resolve(data).toString(), "--run-dir",
                folder.resolve(run).toString(), "--threads", "1"));
        words.addAll(List.of(more));
        var usual = Map.of("--model", "tiny", "--epochs", "1", "--batch-size", "4", "--image-size", "16x16");
        usual.forEach((option, value) -> {
            if (!words.contains(option)) words.addAll(List.of(option, value));
        });
        return Outcome.of(words.toArray(String[]::new));
    }

    private static Outcome run(String... words) {
        return Outcome.of(Arrays.stream(words).map(word -> word.replace("{f}", folder.toString()))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "DOCTOR_FINDING")
    void happensInOneLine(Problem problem) throws IOException {
        var outcome = cause(problem);

        assertThat(outcome.err()).startsWith(problem.code() + " ").matches(ONE_LINE);
        assertThat(outcome.code()).isEqualTo(problem.exitCode());
    }

    /// The only one that is no complaint: its report is the answer.
    @Test
    void aFindingIsTheAnswer() throws IOException {
        var log = Files.writeString(folder.resolve("nan.csv"), "epoch,loss\n0,0.5\n1,nan\n2,nan\n");
        var outcome = run("doctor", log.toString());

        assertThat(outcome.code()).isEqualTo(Problem.DOCTOR_FINDING.exitCode());
        assertThat(outcome.out()).contains("(not-a-number");
        assertThat(outcome.err()).isEmpty();
    }

    /// Not that a batch is larger than no picture at all.
    @Test
    void classesThatAreAllEmptyAreNamed() throws IOException {
        var outcome = trainOn("hollow", "+bar", "+dot");

        assertThat(outcome.code()).isEqualTo(Problem.DATA_EMPTY_CLASS.exitCode());
        assertThat(outcome.err()).contains("E-DATA-EMPTY-CLASS training: none of [bar, dot] has a picture");
    }

    private static Outcome summary(String name, byte[] file) throws IOException {
        return run("summary", Files.write(folder.resolve(name), file).toString());
    }

    private static byte[] layer(String className) {
        return ("{\"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": [{\"class_name\": \""
                + className
                + "\", \"config\": {\"name\": \"x\", \"batch_input_shape\": [null, 4, 4, 3]}}]}}").getBytes();
    }

    private static byte[] zip(String entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write('x');
        }
        return bytes.toByteArray();
    }

    private static Outcome otherWeights() {
        for (int units : new int[]{1, 2}) {
            var model = KerasModel.of(Model.of(Layers.dense(units), narwhal.engine.Shape.of(3), 1));
            KerasFiles.write(model, folder.resolve(units + ".json"));
            KerasFiles.write(model, folder.resolve(units + ".weights.h5"));
        }
        return run("convert", "{f}/1.weights.h5", "{f}/x.keras", "--architecture", "{f}/2.json");
    }

    private static Outcome cause(Problem problem) throws IOException {
        return switch (problem) {
            case INTERNAL -> complaint(new IllegalStateException("a fault"));
            case USAGE_UNKNOWN_OPTION -> run("train", "--epoch", "3");
            case USAGE_VALUE -> run("train", "--epochs", "many");
            case USAGE_CONFLICT -> run("train", "--momentum", "0.9");
            case BATCH_SIZE -> run("train", "{f}/data", "--batch-size", "0");
            case SHAPE_MISMATCH -> library(() -> Trainer.of(Model.of(Layers.flatten(),
                    narwhal.engine.Shape.of(2, 2, 1), 1), Losses.binaryCrossentropy(), Optimizers.adam()));
            case SHAPE_TOO_SMALL -> run("summary", "--model", "seed", "--image-size", "64");
            case DATA_NOT_FOUND -> run("train", "{f}/dtaa");
            case DATA_ONE_CLASS -> trainOn("one", "bar");
            case DATA_EMPTY_CLASS -> trainOn("empty", "bar", "dot", "+nothing");
            case DATA_CLASS_MISMATCH -> otherValidation();
            case DATA_CLASS_NAMES -> trainOn("names", "bar", "Bar");
            case IMG_UNKNOWN_FORMAT -> withPicture("unknown", "no picture".getBytes());
            case IMG_UNSUPPORTED -> withPicture("unsupported", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes());
            case IMG_TRUNCATED -> withPicture("truncated", Arrays.copyOf(picture(), 60));
            case IMG_CORRUPT -> withPicture("corrupt", with(picture(), 20, 1)); // the width no longer fits its checksum
            case IMG_TOO_LARGE -> withPicture("large", gif(60_000, 60_000));
            case IMG_UNREADABLE -> withLink("dangling", folder.resolve("nowhere"));
            case IMG_CHANGED -> library(EveryProblemTest::change);
            case IMG_NOT_A_FILE -> withLink("device", Path.of("/dev/zero"));
            case LOG_UNREADABLE -> run("doctor", "{f}/nothing.log");
            case LOG_UNKNOWN_FORMAT ->
                run("doctor", Files.writeString(folder.resolve("poem.txt"), "no log").toString());
            case NUM_NOT_FINITE -> train("data", "diverging", "--rescale", "1e37");
            case CKPT_DAMAGED -> predict(with(checkpoint(), 300, 1));
            case CKPT_NEWER_VERSION -> predict(sealed(with(checkpoint(), 8, 99)));
            case CKPT_OTHER_MODEL -> otherModel();
            case CKPT_OTHER_DATA -> otherData();
            case CKPT_NONE_VALID -> run("train", "--resume", "{f}/data");
            case DOCTOR_FINDING -> throw new AssertionError("left out");
            case MODEL_UNKNOWN_FORMAT -> summary("none.keras", zip("poem.txt"));
            case MODEL_DAMAGED -> summary("damaged.json", "{\"class_name\"".getBytes());
            case MODEL_UNKNOWN_LAYER -> summary("unknown.json", layer("GRU"));
            case MODEL_REFUSED_CODE -> summary("code.json", layer("Lambda"));
            case MODEL_REFUSED_LINK -> summary("link.keras", zip("../config.json"));
            case MODEL_LIMIT -> summary("deep.json", "{\"a\":".repeat(300).getBytes());
            case MODEL_SIZE_MISMATCH -> otherWeights();
            case DISK_FULL ->
                library(() -> new BrokenDisk("No space left on device").replace(folder.resolve("a"), picture()));
            case DISK_WRITE ->
                library(() -> new BrokenDisk("Input/output error").replace(folder.resolve("a"), picture()));
            case DISK_PERMISSION ->
                run("train", "{f}/data", "--image-size", "16", "--model", "tiny", "--batch-size", "4",
                        "--run-dir", Files.writeString(folder.resolve("file"), "").toString());
            case RUN_IN_USE -> inUse();
            case RUN_EXISTS -> train("data", "run");
            case MEM_ESTIMATE -> train("data", "huge", "--image-size", "9000x9000");
            case MEM_EXHAUSTED -> complaint(new OutOfMemoryError("Java heap space"));
        };
    }

    // ---- causes

    private static Outcome complaint(Throwable thrown) {
        var err = new StringWriter();
        var console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false, false, 80);
        int code = new Complaints(console, false).about(thrown);
        deleteTraces();
        return new Outcome(code, "", err.toString());
    }

    /// An internal fault leaves its trace where the command was given.
    private static void deleteTraces() {
        try (var files = Files.list(Path.of(""))) {
            for (var file : files.filter(f -> f.toString().startsWith("narwhal-error-")).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What only users of the library can do.
    private static Outcome library(Fallible cause) throws IOException {
        try {
            cause.run();
        } catch (NarwhalException e) {
            return complaint(e);
        }
        return new Outcome(0, "", "");
    }

    @FunctionalInterface
    private interface Fallible {
        void run() throws IOException;
    }

    /// Trains on class folders of two pictures, those with a plus without any.
    private static Outcome trainOn(String name, String... classes) throws IOException {
        for (var each : classes) {
            var pictures = folder.resolve(name).resolve(each.replace("+", ""));
            Files.createDirectories(pictures);
            for (int i = 0; i < (each.startsWith("+") ? 0 : 2); i++)
                Files.write(pictures.resolve(i + ".png"), picture());
        }
        return train(name, name + "-run", "--batch-size", "1");
    }

    private static Outcome otherValidation() throws IOException {
        TestPictures.divided(folder.resolve("other"), 4, 4, 0, 16);
        var validation = folder.resolve("other/validation");
        Files.move(validation.resolve("dot"), validation.resolve("spot"));
        return train("other", "other-run");
    }

    private static Outcome withPicture(String name, byte[] bytes) throws IOException {
        TestPictures.divided(folder.resolve(name), 4, 4, 0, 16);
        Files.write(folder.resolve(name).resolve("train/bar/bad.png"), bytes);
        return lastLine(train(name, name + "-run"));
    }

    private static Outcome withLink(String name, Path target) throws IOException {
        TestPictures.divided(folder.resolve(name), 4, 4, 0, 16);
        Files.createSymbolicLink(folder.resolve(name).resolve("train/bar/link.png"), target);
        return lastLine(train(name, name + "-run"));
    }

    /// Bad pictures are listed before the line that counts.
    private static Outcome lastLine(Outcome outcome) {
        var lines = outcome.err().lines().toList();
        return new Outcome(outcome.code(), outcome.out(), lines.getLast() + "\n");
    }

    private static void change() throws IOException {
        var set = TestPictures.classes(folder.resolve("changed"), 2, 16, 0);
        var images = ImageFolder.of(set).resize(16, 16).cacheBytes(0);
        var dataset = images.dataset(images.scan());
        Files.write(set.resolve("bar/bar-0.png"), new byte[7]);
        dataset.render(0, 0, new float[16 * 16 * 3], 0);
    }

    private static Outcome predict(byte[] model) throws IOException {
        var file = Files.write(folder.resolve("model.ckpt"), model);
        return run("predict", "--model", file.toString(), "{f}/data/train");
    }

    private static Outcome otherModel() throws IOException {
        assertThat(train("data", "grey", "--color-mode", "grayscale").code()).isZero();
        assertThat(train("data", "colour").code()).isZero();
        var mine = folder.resolve("grey/checkpoints");
        for (var file : files(mine)) Files.delete(file);
        for (var file : files(folder.resolve("colour/checkpoints"))) Files.copy(file, mine.resolve(file.getFileName()));
        for (var journal : List.of("epochs.jsonl", "log.txt")) {
            Files.copy(folder.resolve("colour").resolve(journal), folder.resolve("grey").resolve(journal),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return run("train", "--resume", "{f}/grey", "--epochs", "2");
    }

    private static Outcome otherData() throws IOException {
        TestPictures.divided(folder.resolve("growing"), 4, 4, 0, 16);
        assertThat(train("growing", "growing-run").code()).isZero();
        TestPictures.classes(folder.resolve("growing/train"), 1, 16, 77);
        return run("train", "--resume", "{f}/growing-run", "--epochs", "2");
    }

    private static Outcome inUse() throws IOException {
        var run = Files.createDirectories(folder.resolve("busy"));
        try (var lock = RunLock.acquire(run)) {
            return train("data", "busy");
        }
    }

    // ---- bytes

    private static byte[] picture() throws IOException {
        return TestPictures.png(16, new byte[16 * 16]);
    }

    private static byte[] checkpoint() throws IOException {
        return Files.readAllBytes(files(folder.resolve("run/checkpoints")).getLast());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".ckpt")).sorted().toList();
        }
    }

    private static byte[] with(byte[] bytes, int place, int value) {
        bytes[place] = (byte) value;
        return bytes;
    }

    /// Our container again with its SHA-256, which 8 bytes of magic follow.
    private static byte[] sealed(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, bytes.length - 40);
            System.arraycopy(digest.digest(), 0, bytes, bytes.length - 40, 32);
            return bytes;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The beginning of a GIF. Source: GIF89a specification, sections 17, 18 and 20.
    private static byte[] gif(int width, int height) {
        var size = new byte[]{(byte) width, (byte) (width >> 8), (byte) height, (byte) (height >> 8)};
        var bytes = java.nio.ByteBuffer.allocate(30);
        bytes.put("GIF89a".getBytes()).put(size).put(new byte[]{0, 0, 0}).put(new byte[]{',', 0, 0, 0, 0}).put(size)
                .put(new byte[]{0, 2, 1, 0, 0, ';'});
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /// A disk on which nothing can be begun.
    private record BrokenDisk(String message) implements Disk {
        @Override
        public Output createTemporary(Path target) throws IOException {
            throw new IOException(message);
        }

        @Override
        public Output append(Path file) throws IOException {
            throw new IOException(message);
        }

        @Override
        public void truncate(Path file, long length) {
        }

        @Override
        public void move(Path from, Path to) {
        }

        @Override
        public void link(Path link, Path target) {
        }

        @Override
        public void forceDirectory(Path directory) {
        }

        @Override
        public void delete(Path file) {
        }

        @Override
        public void createDirectories(Path directory) {
        }

        @Override
        public long freeBytes(Path file) {
            return Long.MAX_VALUE;
        }
    }
}
