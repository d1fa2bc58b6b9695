package narwhal.keras;

import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import tools.jackson.databind.JsonNode;

/// One value of a configuration, and where it stands.
///
/// @param place such as `layer 'conv2d_1'`
/// @param name such as `filters`
record Argument(Origin origin, String place, String name, JsonNode value) {
    private static final int LONGEST = 40;

    /// For a value that cannot be.
    NarwhalException damaged(String expected) {
        return Problem.MODEL_DAMAGED.because(said() + ", expected " + expected);
    }

    /// For a value that Keras knows and Narwhal does not.
    NarwhalException unsupported(String expected) {
        return Problem.MODEL_UNKNOWN_LAYER.because(said() + ", expected " + expected);
    }

    /// For a value that is code.
    NarwhalException code() {
        return Problem.MODEL_REFUSED_CODE.because(origin.file() + ": " + place + ": " + name + " is Python code");
    }

    void note(String what) {
        origin.note(place + ": " + name + " " + what);
    }

    /// A part of this value.
    Argument part(String part, JsonNode value) {
        return new Argument(origin, place, name + " " + part, value);
    }

    private String said() {
        return origin.file() + ": " + place + ": " + name + " is " + shown(value);
    }

    static String shown(JsonNode value) {
        if (value.isMissingNode()) return "missing";
        if (value.isObject()) return "an object";
        if (value.isArray()) return "a list of " + value.size();
        var text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
