package narwhal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import narwhal.initializers.Initializers;
import narwhal.layers.Activation;
import narwhal.layers.Layers;
import narwhal.losses.Losses;
import narwhal.metrics.Metrics;
import narwhal.optimizers.Optimizers;
import narwhal.optimizers.Schedules;
import narwhal.regularizers.Regularizers;
import org.junit.jupiter.api.Test;

/// `docs/keras-to-java.md` names every maker, and names nothing that is not there.
class KerasToJavaTest {
    private static final Path PAGE = Path.of("..", "docs", "keras-to-java.md");
    private static final Pattern CALL = Pattern.compile("`\\.?([a-z][A-Za-z0-9]*)\\(");

    private static Stream<Class<?>> makers() {
        return Stream.of(Layers.class, Initializers.class, Regularizers.class, Losses.class, Metrics.class,
                Optimizers.class, Schedules.class);
    }

    private static Set<String> made() {
        return makers().flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers())).map(method -> method.getName())
                .filter(name -> !name.equals("predicted")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named() throws IOException {
        var names = new TreeSet<String>();
        for (var line : Files.readAllLines(PAGE)) {
            var cells = line.split("\\|");
            if (cells.length < 3) continue;
            // Our side of the table.
            var calls = CALL.matcher(String.join("|", Arrays.copyOfRange(cells, 2, cells.length)));
            while (calls.find()) names.add(calls.group(1));
        }
        return names;
    }

    @Test
    void everyMakerIsNamed() throws IOException {
        assertThat(named()).containsAll(made());
    }

    @Test
    void everyFunctionIsNamed() throws IOException {
        var text = Files.readString(PAGE);
        for (var function : Activation.Function.values()) {
            assertThat(text).contains("`" + function.name() + "`")
                    .contains(function == Activation.Function.GELU_TANH
                            ? "gelu(approximate=True)"
                            : "`" + function.name().toLowerCase(Locale.ROOT) + "`");
        }
    }

    /// Makers by their classes; the rest are methods of layers, models and trainings.
    @Test
    void nothingIsNamedThatIsNotThere() throws IOException {
        var others = Stream.of(narwhal.layers.Layer.class, narwhal.training.Fit.class, narwhal.data.ImageFolder.class,
                narwhal.losses.BinaryCrossentropy.class, narwhal.optimizers.Adam.class, narwhal.models.Model.class,
                narwhal.layers.Dropout.class,
                narwhal.callbacks.ModelCheckpoint.class)
                .flatMap(type -> Arrays.stream(type.getMethods())).map(method -> method.getName());
        var known = Stream.concat(made().stream(), others).collect(Collectors.toSet());
        assertThat(named()).allSatisfy(name -> assertThat(known).contains(name));
    }
}
