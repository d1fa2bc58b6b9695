package narwhal.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Strict JSON: at most 200 levels deep, strings of 1 MB, documents of 16 MB and a million tokens, numbers of 40 characters; no
/// duplicate keys, no text behind the document, valid UTF-8 only.
///
/// ```java
/// var settings = Json.parseObject(bytes, Problem.CKPT_DAMAGED, "run.json");
/// ```
public final class Json {
    /// The longest document that is read, in bytes.
    public static final int LONGEST_DOCUMENT = 16 << 20;
    /// The most values, names and brackets of a document: as a tree, each takes many times its text.
    public static final int MOST_TOKENS = 1_000_000;

    private static final JsonMapper STRICT = mapper(false);
    private static final JsonMapper WITH_NOT_A_NUMBER = mapper(true);

    private Json() {
    }

    private static JsonMapper mapper(boolean notANumber) {
        var constraints = StreamReadConstraints.builder().maxNestingDepth(200).maxStringLength(1 << 20)
                .maxDocumentLength(LONGEST_DOCUMENT).maxTokenCount(MOST_TOKENS).maxNumberLength(40).maxNameLength(1_000)
                .build();
        var factory = JsonFactory.builder().streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, notANumber).build();
        return JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    }

    /// Reads one JSON value.
    ///
    /// @param problem what it means when the text is not strict JSON, such as [Problem#CKPT_DAMAGED]
    /// @param place where the text comes from, as the error shall name it
    public static JsonNode parse(byte[] utf8, Problem problem, String place) {
        return parse(utf8, problem, problem, place);
    }

    /// Reads one JSON value; text beyond the limits is another problem than text that is no JSON.
    public static JsonNode parse(byte[] utf8, Problem damaged, Problem beyondLimit, String place) {
        return parse(STRICT, utf8, damaged, beyondLimit, place);
    }

    /// Reads one JSON value in which `NaN`, `Infinity` and `-Infinity` may stand for numbers, as Python writes them. For
    /// histories and logs only.
    public static JsonNode parseWithNotANumber(byte[] utf8, Problem problem, String place) {
        return parse(WITH_NOT_A_NUMBER, utf8, problem, problem, place);
    }

    /// Reads one JSON object.
    public static ObjectNode parseObject(byte[] utf8, Problem problem, String place) {
        if (parse(utf8, problem, place) instanceof ObjectNode object) return object;
        throw problem.because(place + ": came another JSON value, expected an object");
    }

    /// A new, empty object.
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// The text of a tree on one line, as UTF-8. Numbers that are not finite become the strings `"NaN"`, `"Infinity"` and
    /// `"-Infinity"`, which [#number] reads. A `float` is written with its few digits and comes back as another `double`:
    /// widen floats before they go into a tree.
    public static byte[] bytes(JsonNode tree) {
        return STRICT.writeValueAsBytes(tree);
    }

    /// The number in `node`, also one that [#bytes] wrote as a string because it is not finite.
    ///
    /// @throws IllegalArgumentException if it is no number
    public static double number(JsonNode node) {
        if (node.isNumber()) return node.doubleValue();
        return switch (node.isString() ? node.stringValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("expected a number, got a JSON " + node.getNodeType());
        };
    }

    private static JsonNode parse(JsonMapper mapper, byte[] utf8, Problem damaged, Problem limit, String place) {
        if (utf8.length > LONGEST_DOCUMENT)
            throw limit.because(place + ": " + utf8.length + " bytes of JSON, the limit is " + LONGEST_DOCUMENT);
        var text = decode(utf8, damaged, place);
        try {
            var tree = mapper.readTree(text);
            if (tree.isMissingNode()) throw damaged.because(place + ": came nothing, expected JSON");
            return tree;
        } catch (StreamConstraintsException e) {
            throw limit.because(place + ": JSON beyond a limit: " + e.getOriginalMessage(), e);
        } catch (JacksonException e) {
            throw damaged(e, damaged, place);
        }
    }

    private static NarwhalException damaged(JacksonException e, Problem problem, String place) {
        var location = e.getLocation();
        var where = location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        return problem.because(place + ": not strict JSON" + where + ": " + e.getOriginalMessage(), e);
    }

    private static String decode(byte[] utf8, Problem problem, String place) {
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw problem.because(place + ": not valid UTF-8", e);
        }
    }
}
