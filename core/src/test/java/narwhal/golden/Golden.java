package narwhal.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.errors.Problem;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Results of the real Keras, made by the scripts in `src/test/python`.
public final class Golden {
    private Golden() {
    }

    /// A file of `src/test/resources/golden`.
    public static ObjectNode read(String name) {
        try (var in = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
            return Json.parseObject(in.readAllBytes(), Problem.INTERNAL, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same numbers as `golden.numbers` in Python.
    public static float[] numbers(int stream, int size) {
        var numbers = new float[size];
        for (int i = 0; i < size; i++) numbers[i] = (float) ((i * 7919L + stream * 10473L + 613) % 2003 / 1001.5 - 1);
        return numbers;
    }

    public static Tensor tensor(Engine engine, int stream, Shape shape) {
        return engine.of(shape, numbers(stream, shape.size()));
    }

    public static Shape shape(JsonNode extents) {
        return Shape.of(integers(extents));
    }

    public static int[] integers(JsonNode array) {
        var integers = new int[array.size()];
        for (int i = 0; i < integers.length; i++) integers[i] = array.get(i).asInt();
        return integers;
    }

    public static double[] doubles(JsonNode array) {
        var doubles = new double[array.size()];
        for (int i = 0; i < doubles.length; i++) doubles[i] = array.get(i).asDouble();
        return doubles;
    }

    /// Within `tolerance` of the expected numbers, relative to the largest of them (or to 1).
    public static void assertClose(String what, float[] actual, JsonNode expected, double tolerance) {
        assertThat(actual).as(what).hasSize(expected.size());
        double largest = 1;
        for (var value : expected) largest = Math.max(largest, Math.abs(value.asDouble()));
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected.get(i).asDouble());
            assertThat(difference).as("%s, element %d: ours %s, Keras' %s", what, i, actual[i], expected.get(i))
                    .isLessThanOrEqualTo(tolerance * largest);
        }
    }
}
