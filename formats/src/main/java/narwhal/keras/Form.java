package narwhal.keras;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// How one argument looks in Keras' files and in ours.
interface Form {
    /// Checks a value of a Keras file.
    ///
    /// @return it as our own files have it; empty if they have no such argument
    Optional<JsonNode> read(Argument came);

    /// Whether our own files have such an argument.
    default boolean isOurs() {
        return true;
    }

    /// A value of ours as Keras has it.
    ///
    /// @param ours what [#read] gave; missing if our files have no such argument
    JsonNode write(JsonNode ours, Dialect dialect);
}
