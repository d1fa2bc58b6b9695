package narwhal.keras;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

/// Spoils JSON as JSON: values are replaced by others that matter or by values from elsewhere in the document, words change
/// places. What bytes alone would break is left whole, so that what lies behind the parser is reached.
final class Words {
    private static final Pattern VALUE = Pattern.compile("(?<=[:\\[,])(-?[0-9.eE+-]+|true|false|null|\"[^\"]*\")");
    private static final String[] VALUES = {"0", "1", "-1", "2", "3", "1.5", "1e30", "1e400", "2147483647",
        "-2147483648",
        "4294967296", "null", "true", "false", "\"\"", "\"x\"", "[]", "{}", "[1]", "[1,2]", "[[1,2],[3,4]]", "\"same\"",
        "\"channels_first\"", "\"__lambda__\"", "\"Lambda\"", "\"Sequential\"", "\"Functional\"", "\"InputLayer\"",
        "\"Dense\"", "\"Reshape\"", "\"PReLU\"", "{\"class_name\":\"L2\",\"config\":{\"l2\":1}}"};

    private static final String LINE = Evil.config(Evil.line());
    private static final String GRAPH = Evil.config(Evil.graph());

    private Words() {
    }

    /// The bytes decide what is done: the mutator has spoilt them before, so each is another seed.
    static byte[] spoil(byte[] spoilt) {
        var random = new Random(Arrays.hashCode(spoilt));
        boolean line = random.nextBoolean();
        var text = line ? LINE : GRAPH;
        for (int i = 1 + random.nextInt(3); i > 0; i--) text = once(text, random);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String once(String text, Random random) {
        var places = new ArrayList<int[]>();
        for (var matcher = VALUE.matcher(text); matcher.find();) places.add(new int[]{matcher.start(), matcher.end()});
        if (places.isEmpty()) return text;
        var place = places.get(random.nextInt(places.size()));
        var other = places.get(random.nextInt(places.size()));
        var value = random.nextBoolean() ? VALUES[random.nextInt(VALUES.length)] : text.substring(other[0], other[1]);
        return text.substring(0, place[0]) + value + text.substring(place[1]);
    }
}
