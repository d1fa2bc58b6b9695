package narwhal.keras;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One argument of a layer.
///
/// @param name in Keras 3 and in our own files
/// @param oldName in Keras 2
/// @param form how it looks
/// @param fallback in our form, where a file does not have it; empty if every file must
/// @param written who knows it
record Key(String name, String oldName, Form form, Optional<JsonNode> fallback, Written written) {
    /// To whom an argument is written.
    enum Written {
        /// Every Keras knows it.
        ALWAYS,
        /// Keras 2.2 does not: there it is written only if it differs from the fallback.
        SINCE_KERAS_3,
        /// Some Keras 3 do not, and our value is everybody's default.
        NEVER
    }

    /// An argument that every file has.
    static Key of(String name, Form form) {
        return new Key(name, name, form, Optional.empty(), Written.ALWAYS);
    }

    /// An argument that need not be there.
    Key or(JsonNode fallback) {
        return new Key(name, oldName, form, Optional.of(fallback), written);
    }

    /// An argument that Keras 2.2 does not know.
    Key sinceKeras3() {
        return new Key(name, oldName, form, fallback, Written.SINCE_KERAS_3);
    }

    /// An argument that is only read.
    Key onlyRead() {
        return new Key(name, oldName, form, fallback, Written.NEVER);
    }

    /// An argument that had another name.
    Key formerly(String oldName) {
        return new Key(name, oldName, form, fallback, written);
    }
}
