package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import narwhal.data.Featurewise;
import narwhal.data.ImageFolder;
import narwhal.data.Subset;
import narwhal.data.ValidationSplit;
import narwhal.data.augmentation.Augmentations;
import narwhal.data.augmentation.FillMode;
import narwhal.data.augmentation.Geometry;
import narwhal.data.picture.Interpolation;
import org.junit.jupiter.api.Test;

/// The pages of `docs` name nothing that is not there. Oracle: the command line's own parser, and the classes.
class DocumentedNamesTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PICTURES = DOCS.resolve("pictures.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern OTHER_PROGRAM = Pattern.compile("\\.py |benchmarks/|`java ");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");
    private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w*)\\(");
    private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z][A-Z0-9_]+\\b");

    /// Cells of the tables of a page, without the first column, which is Keras'.
    private static List<String> code(Path page) throws IOException {
        var code = new ArrayList<String>();
        for (var line : Files.readAllLines(page)) {
            var cells = line.split("\\|");
            for (int i = 2; i < cells.length; i++)
                CODE.matcher(cells[i]).results().map(m -> m.group(1)).forEach(code::add);
        }
        return code;
    }

    /// Not only the names: `--zoom-range 0.8,1.2` must be a value that the option takes.
    @Test
    void everyOptionForPicturesIsTaken() throws IOException {
        var options = code(PICTURES).stream().filter(code -> code.startsWith("--")).toList();
        assertThat(options).hasSizeGreaterThan(20);
        for (var option : options) {
            var words = ("train data " + option).split(" ");
            assertThatCode(() -> Outcome.commandLine().parseArgs(words)).as(option).doesNotThrowAnyException();
        }
    }

    @Test
    void everyNameForPicturesIsThere() throws IOException {
        var methods = Stream
                .of(Augmentations.class, ImageFolder.class, Featurewise.class, ValidationSplit.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers())).map(method -> method.getName())
                .collect(Collectors.toSet());
        var constants = Stream.<Enum<?>[]>of(FillMode.values(), Geometry.values(), Interpolation.values(),
                Subset.values()).flatMap(Arrays::stream).map(Enum::name).collect(Collectors.toSet());
        var java = code(PICTURES).stream().filter(code -> code.contains("(")).toList();
        assertThat(java).hasSizeGreaterThan(20);
        for (var code : java) {
            assertThat(methods).as(code).containsAll(CALL.matcher(code).results().map(m -> m.group(1)).toList());
            assertThat(constants).as(code)
                    .containsAll(CONSTANT.matcher(code).results().map(MatchResult::group).toList());
        }
    }

    /// On every page for users; other programs have options of their own.
    @Test
    void everyOptionIsThere() throws IOException {
        var known = Outcome.commandLine().getSubcommands().values().stream()
                .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toSet());
        var named = new TreeSet<String>();
        for (var line : lines()) {
            if (!OTHER_PROGRAM.matcher(line).find())
                OPTION.matcher(line).results().map(MatchResult::group).forEach(named::add);
        }
        assertThat(named).hasSizeGreaterThan(30).allSatisfy(option -> assertThat(known).contains(option));
    }

    private static List<String> lines() throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(Path.of("..", "README.md")));
        for (var page : List.of("keras-to-java.md", "pictures.md", "errors.md"))
            lines.addAll(Files.readAllLines(DOCS.resolve(page)));
        try (var pages = Files.list(DOCS.resolve("doctor"))) {
            for (var page : pages.toList()) lines.addAll(Files.readAllLines(page));
        }
        return lines;
    }
}
