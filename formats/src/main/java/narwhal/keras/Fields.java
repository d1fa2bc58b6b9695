package narwhal.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// The arguments of an object in a file, read one by one.
record Fields(Origin origin, String place, JsonNode config) {
    Argument argument(String name) {
        return new Argument(origin, place, name, config.path(name));
    }

    boolean has(String name) {
        return config.hasNonNull(name);
    }

    double number(String name, double fallback) {
        return has(name) ? Forms.number(argument(name)).doubleValue() : fallback;
    }

    OptionalDouble number(String name) {
        return has(name) ? OptionalDouble.of(number(name, 0)) : OptionalDouble.empty();
    }

    int integer(String name, int fallback) {
        return has(name) ? Forms.integer(argument(name)).intValue() : fallback;
    }

    boolean flag(String name, boolean fallback) {
        return has(name) ? Forms.FLAG.read(argument(name)).orElseThrow().booleanValue() : fallback;
    }

    String word(String name, String fallback) {
        return has(name) ? Forms.WORD.read(argument(name)).orElseThrow().stringValue() : fallback;
    }

    List<Double> numbers(String name) {
        var numbers = new ArrayList<Double>();
        for (var number : Forms.NUMBERS.read(argument(name)).orElseThrow()) numbers.add(number.doubleValue());
        return numbers;
    }

    /// An object among the arguments, or a word that stands for one.
    Optional<Fields> object(String name) {
        return has(name) ? Optional.of(of(argument(name))) : Optional.empty();
    }

    /// The arguments of an object; none for a word.
    static Fields of(Argument object) {
        return new Fields(object.origin(), object.place() + ": " + object.name(), Objects.config(object));
    }
}
