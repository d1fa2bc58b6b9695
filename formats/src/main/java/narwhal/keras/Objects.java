package narwhal.keras;

import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Python objects in configurations: a class name and its arguments, in Keras 3 also the module.
final class Objects {
    private Objects() {
    }

    /// An object with its arguments.
    static ObjectNode write(String module, String className, ObjectNode config, Dialect dialect) {
        var object = Json.object();
        if (dialect == Dialect.KERAS_3) object.put("module", module);
        object.put("class_name", className);
        object.set("config", config);
        if (dialect == Dialect.KERAS_3) object.putNull("registered_name");
        return object;
    }

    /// The class of an object, or the word that stands for one.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_REFUSED_CODE` for a lambda, `MODEL_DAMAGED` for what is no object
    static String className(Argument came) {
        var value = came.value();
        if (value.isString()) return value.stringValue();
        var name = value.path("class_name");
        if (isCode(value)) throw came.code();
        // A function object carries its name as its configuration.
        if (name.asString("").equals("function") && value.path("config").isString())
            return value.path("config").stringValue();
        if (!name.isString()) throw came.damaged("a name or an object");
        return name.stringValue();
    }

    /// A lambda is its byte code: alone in an object or a list, or under a name that says so.
    private static boolean isCode(JsonNode value) {
        return value.path("class_name").asString("").equals("__lambda__")
                || (value.has("value") && !value.has("class_name"))
                || value.isArray();
    }

    /// The arguments of an object; none for a word.
    static JsonNode config(Argument came) {
        return came.value().path("config");
    }

    /// A number among the arguments.
    static double number(Argument came, String name, double fallback) {
        var value = config(came).path(name);
        return value.isMissingNode() ? fallback : Forms.number(came.part(name, value)).doubleValue();
    }

    /// A word among the arguments.
    static String word(Argument came, String name, String fallback) {
        var value = config(came).path(name);
        if (value.isMissingNode()) return fallback;
        if (!value.isString()) throw came.part(name, value).damaged("a word");
        return value.stringValue();
    }
}
