package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Wrong options, paths and shapes: each one line that helps, within a second of computing, and nothing left behind.
class WrongWordsTest {
    private static final double SECONDS = 1;

    @TempDir
    static Path folder;

    @BeforeAll
    static void pictures() throws IOException {
        TestPictures.divided(folder.resolve("pictures"), 6, 4, 0, 16);
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("text.txt"), "no picture");
        TestPictures.classes(folder.resolve("halves/train"), 4, 16, 0);
        TestPictures.classes(folder.resolve("halves/val"), 4, 16, 100);
        TestPictures.classes(folder.resolve("one"), 4, 16, 0);
        for (var file : files(folder.resolve("one/dot"))) Files.delete(file);
        Files.delete(folder.resolve("one/dot"));
        Outcome.of("summary", "--model", "seed"); // the first command pays for loading the classes
    }

    private static Path[] files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toArray(Path[]::new);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
        // command or option that does not exist: the nearest one
        "trian                                        | 2 | E-USAGE-UNKNOWN-OPTION | did you mean train?",
        "predcit a.png                                | 2 | E-USAGE-UNKNOWN-OPTION | did you mean predict?",
        "frobnicate                                   | 2 | E-USAGE-UNKNOWN-OPTION | there are train, evaluate",
        "train {p} --epoch 3                          | 2 | E-USAGE-UNKNOWN-OPTION | did you mean --epochs?",
        "train {p} --batchsize 3                      | 2 | E-USAGE-UNKNOWN-OPTION | did you mean --batch-size?",
        "train {p} --lr 0.1                           | 2 | E-USAGE-UNKNOWN-OPTION | see narwhal train --help",
        "train {p} --learning_rate 0.1                | 2 | E-USAGE-UNKNOWN-OPTION | did you mean --learning-rate?",
        "train {p} --image_size=16x16                 | 2 | E-USAGE-UNKNOWN-OPTION | did you mean --image-size?",
        "train {p} --horizontal-flp                   | 2 | E-USAGE-UNKNOWN-OPTION | did you mean --horizontal-flip?",
        "evaluate {p} --modle x                       | 2 | E-USAGE-UNKNOWN-OPTION | did you mean --model?",
        "train {p} second                             | 2 | E-USAGE-UNKNOWN-OPTION | one word too many",
        // values
        "train {p} --epochs                           | 2 | E-USAGE-VALUE | see narwhal train --help",
        "train {p} --epochs abc                       | 2 | E-USAGE-VALUE | expected a whole number",
        "train {p} --epochs 0                         | 2 | E-USAGE-VALUE | expected 1 to",
        "train {p} --epochs 1.5                       | 2 | E-USAGE-VALUE | expected a whole number",
        "train {p} --batch-size 0                     | 2 | E-BATCH-SIZE | expected at least 1",
        "train {p} --batch-size 1000 --image-size 16  | 2 | E-BATCH-SIZE | choose 1 to 12",
        "train {p} --image-size 200*300               | 2 | E-USAGE-VALUE | HEIGHTxWIDTH such as 200x300",
        "train {p} --image-size 0x20                  | 2 | E-USAGE-VALUE | at least 1 pixel",
        "train {p} --image-size 16 --model sed        | 2 | E-USAGE-VALUE | did you mean seed?",
        "train {p} --optimizer adma                   | 2 | E-USAGE-VALUE | did you mean adam?",
        "train {p} --optimizer rmsprop                | 2 | E-USAGE-VALUE | expected adam or sgd",
        "train {p} --learning-rate 0                  | 2 | E-USAGE-VALUE | such as 3e-5",
        "train {p} --learning-rate -1                 | 2 | E-USAGE-VALUE | above 0",
        "train {p} --learning-rate NaN                | 2 | E-USAGE-VALUE | expected a number",
        "train {p} --color-mode grey                  | 2 | E-USAGE-VALUE | expected rgb or grayscale",
        "train {p} --interpolation bilinaer           | 2 | E-USAGE-VALUE | did you mean bilinear?",
        "train {p} --fill-mode refelct                | 2 | E-USAGE-VALUE | did you mean reflect?",
        "train {p} --zoom-range 1                     | 2 | E-USAGE-VALUE | less than 1",
        "train {p} --rotation-range 400               | 2 | E-USAGE-VALUE | 0 to 180",
        "train {p} --zoom-range 1.2,0.8               | 2 | E-USAGE-VALUE | two factors",
        "train {p} --zoom-range a,b                   | 2 | E-USAGE-VALUE | or several such as 0.8,1.2",
        "train {p} --brightness-range 0.5             | 2 | E-USAGE-VALUE | two factors from 0 up",
        "train {p} --width-shift-range=-0.5           | 2 | E-USAGE-VALUE | 0 or more",
        "train {p} --channel-shift-range 300          | 2 | E-USAGE-VALUE | 0 to 255",
        "train {p} --interpolation-order 2            | 2 | E-USAGE-VALUE | 0 or 1",
        "train {p} --geometry keras_3                 | 2 | E-USAGE-VALUE | keras_2",
        "train {s} --group-by (                       | 2 | E-USAGE-VALUE | regular expression",
        "train {s} --validation-split-by frist        | 2 | E-USAGE-VALUE | did you mean first?",
        "train {s} --validation-split-by shuffled --seed -1 | 2 | E-USAGE-VALUE | 0 to 4294967295",
        "train {p} --threads 0                        | 2 | E-USAGE-VALUE | expected 1 to",
        "train {p} --seed x                           | 2 | E-USAGE-VALUE | expected a whole number",
        "train {p} --monitor val_los                  | 2 | E-USAGE-VALUE | did you mean val_loss?",
        "train {p} --checkpoint a-{epoch:02q}.ckpt    | 2 | E-USAGE-VALUE | {epoch:02d}",
        "train {p} --checkpoint a-{val_auc:.2f}.ckpt  | 2 | E-USAGE-VALUE | no field val_auc",
        "train {p} --reduce-lr-patience 2 --reduce-lr-factor 1.5 | 2 | E-USAGE-VALUE | below 1",
        "train {p} --verbose 3                        | 2 | E-USAGE-VALUE | expected auto, 0, 1 or 2",
        "train {s} --validation-split 1.5             | 2 | E-USAGE-VALUE | between 0 and 1",
        // options that contradict each other
        "train {p} --epochs 1 --epochs 2              | 2 | E-USAGE-CONFLICT | give it once",
        "train {p} --momentum 0.9                     | 2 | E-USAGE-CONFLICT | add --optimizer sgd",
        "train {p} --reduce-lr-factor 0.5             | 2 | E-USAGE-CONFLICT | add --reduce-lr-patience",
        "train {p} --save-best-only                   | 2 | E-USAGE-CONFLICT | add --checkpoint",
        "train {p} --validation-split 0.3             | 2 | E-USAGE-CONFLICT | leave --validation-split out",
        "train {p} --group-by rec                     | 2 | E-USAGE-CONFLICT | leave --group-by out",
        "train --no-groups                            | 2 | E-USAGE-CONFLICT | leave --no-groups out",
        "train {s} --group-by a --no-groups           | 2 | E-USAGE-CONFLICT | exclude each other",
        "train {s} --group-by a --validation-split-by first | 2 | E-USAGE-CONFLICT | leave it out",
        "train --validation-split 0.3                 | 2 | E-USAGE-CONFLICT | leave --validation-split out",
        "train --resume {f}/x --run-dir y             | 2 | E-USAGE-CONFLICT | leave --run-dir out",
        // shapes
        "train {p} --model seed --image-size 64       | 2 | E-SHAPE-TOO-SMALL | use larger pictures or fewer poolings",
        "summary --model seed --image-size 100x300    | 2 | E-SHAPE-TOO-SMALL | use larger pictures",
        "summary --model seed --classes 1             | 2 | E-USAGE-VALUE | at least 2",
        // paths
        "train {f}/pictuers                           | 3 | E-DATA-NOT-FOUND | did you mean",
        "train {f}/text.txt                           | 3 | E-DATA-NOT-FOUND | folder",
        "train {f}/empty                              | 3 | E-DATA-ONE-CLASS | sub-folder",
        "train {f}/one                                | 3 | E-DATA-ONE-CLASS | sub-folder",
        "train {f}/halves                             | 3 | E-DATA-NOT-FOUND | rename val/ to validation/",
        "train --resume {f}/nothing                   | 6 | E-CKPT-NONE-VALID | check the path",
        "train --resume {p}                           | 6 | E-CKPT-NONE-VALID | give the folder of a run",
        "train {p} --image-size 16 --run-dir {f}/text.txt | 7 | E-DISK-PERMISSION | choose another --run-dir",
        "predict {p}/train                            | 2 | E-USAGE-VALUE | --model",
        "predict --model {f}/text.txt                 | 2 | E-USAGE-VALUE | see narwhal predict --help",
        "predict --model {f}/text.txt {p}/train       | 6 | E-MODEL-UNKNOWN-FORMAT | neither a model of Keras nor a checkpoint",
        "predict --model {f}/txet.txt {p}/train       | 3 | E-DATA-NOT-FOUND | did you mean",
        "predict --model {f}/text.txt {p}/tarin       | 3 | E-DATA-NOT-FOUND | did you mean",
        "predict --model {f}/text.txt {f}/empty       | 3 | E-DATA-NOT-FOUND | PNG, JPEG",
        "evaluate {p}/train --model {p}               | 6 | E-CKPT-NONE-VALID | run folder",
        "predict --model {f}/text.txt {p}/train --format xml | 2 | E-USAGE-VALUE | expected text, json or csv",
        "evaluate {p} --model x --format csv          | 2 | E-USAGE-VALUE | text or json"})
    void oneLineThatHelps(String words, int code, String problem, String help) {
        var command = words.replace("{p}", "{f}/pictures").replace("{s}", "{f}/pictures/train").replace("{f}",
                folder.toString());
        double before = seconds();
        var outcome = Outcome.ofText(command);
        double taken = seconds() - before;

        assertThat(outcome.err().lines()).as(outcome.err()).hasSize(1);
        assertThat(outcome.err()).startsWith(problem + " ").contains(help).hasSizeLessThanOrEqualTo(401);
        assertThat(outcome.code()).isEqualTo(code);
        assertThat(taken).isLessThan(SECONDS);
        assertThat(Path.of("runs")).doesNotExist();
    }

    static Stream<String> commands() {
        return Outcome.commandLine().getSubcommands().keySet().stream();
    }

    /// Time of this thread alone: how busy the machine is does not matter.
    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() * 1e-9;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String command) {
        var outcome = Outcome.of(command, "--help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("narwhal " + command).contains("--help");
        assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
