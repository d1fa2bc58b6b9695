package narwhal.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import narwhal.data.augmentation.FillMode;
import narwhal.data.augmentation.Geometry;
import narwhal.data.picture.Interpolation;
import narwhal.doctor.report.Consultation;
import narwhal.errors.Problem;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// From words to the values of options, and what is said where a word does not fit.
final class Values {
    private Values() {
    }

    static void register(CommandLine line) {
        number(line, int.class, Integer.class, "a whole number", Integer::parseInt);
        number(line, long.class, Long.class, "a whole number", Long::parseLong);
        number(line, double.class, Double.class, "a number", Values::finite);
        line.registerConverter(ImageSize.class, ImageSize::parse);
        line.registerConverter(Shares.class, Shares::parse);
        line.registerConverter(Numbers.class, Numbers::parse);
        choice(line, ColorMode.class);
        choice(line, Interpolation.class);
        choice(line, FillMode.class);
        choice(line, Geometry.class);
        choice(line, SplitRule.class);
        choice(line, OptimizerName.class);
        choice(line, Verbosity.class);
        choice(line, PredictCommand.Format.class);
        choice(line, ConvertCommand.Format.class);
        choice(line, DoctorCommand.FailOn.class);
        choice(line, Consultation.Format.class);
    }

    private static <T> void number(CommandLine line, Class<T> primitive, Class<T> type, String what,
            Function<String, T> parse) {
        ITypeConverter<T> converter = word -> {
            try {
                return parse.apply(word.strip());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("expected " + what);
            }
        };
        line.registerConverter(primitive, converter);
        line.registerConverter(type, converter);
    }

    private static double finite(String word) {
        double value = Double.parseDouble(word);
        if (Double.isFinite(value)) return value;
        throw new NumberFormatException();
    }

    /// Names are those of the constants in lower case.
    private static <E extends Enum<E>> void choice(CommandLine line, Class<E> type) {
        line.registerConverter(type, word -> {
            var names = Arrays.stream(type.getEnumConstants()).map(Values::word).toList();
            int found = names.indexOf(word.strip().toLowerCase(Locale.ROOT));
            if (found >= 0) return type.getEnumConstants()[found];
            throw new UnknownWord(names);
        });
    }

    /// A word that is none of a few.
    static final class UnknownWord extends TypeConversionException {
        private static final long serialVersionUID = 1;

        private final ArrayList<String> names;

        UnknownWord(List<String> names) {
            super("expected " + either(names));
            this.names = new ArrayList<>(names);
        }

        List<String> names() {
            return names;
        }
    }

    /// `a, b or c`.
    static String either(List<String> names) {
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }

    /// Refuses a word that is none of these.
    static void checkWord(String option, String word, List<String> known) {
        if (known.contains(word)) return;
        throw Problem.USAGE_VALUE.because(option + " " + word + ": expected " + either(known),
                Nearest.advice(word, known, "take one of them"));
    }

    /// The word for a constant on the command line.
    static String word(Enum<?> choice) {
        return choice instanceof Verbosity verbosity ? verbosity.word() : choice.name().toLowerCase(Locale.ROOT);
    }

    /// Refuses a value of an option that is out of its range.
    static void check(boolean holds, String option, Object value, String expected) {
        if (!holds)
            throw Problem.USAGE_VALUE.because(option + " " + value + ": expected " + expected, "choose such a value");
    }
}
