package narwhal.keras;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import narwhal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/// The forms of arguments that are numbers, words and lists of them; and of those that Narwhal has only one value for.
final class Forms {
    /// Numbers in one list at most: means of channels, extents of shapes.
    private static final int LONGEST_LIST = 100_000;

    static final JsonNode NULL = NullNode.getInstance();

    /// A whole number of 32 bits.
    static final Form INTEGER = same(Forms::integer);
    /// A finite number.
    static final Form NUMBER = same(Forms::number);
    /// `true` or `false`.
    static final Form FLAG = same(came -> {
        if (!came.value().isBoolean()) throw came.damaged("true or false");
        return came.value();
    });
    /// A word, which the layer checks.
    static final Form WORD = same(came -> {
        if (!came.value().isString() || came.value().stringValue().length() > 40) throw came.damaged("a word");
        return text(came.value().stringValue().toLowerCase(Locale.ROOT));
    });
    /// Two whole numbers, for rows and columns; a single one stands for both.
    static final Form PAIR = same(Forms::pair);
    /// The same, or `null`.
    static final Form PAIR_OR_NULL = same(came -> came.value().isNull() ? NULL : pair(came));
    /// A finite number, or `null`.
    static final Form NUMBER_OR_NULL = same(came -> came.value().isNull() ? NULL : number(came));
    /// Whole numbers.
    static final Form INTEGERS = same(came -> list(came, Forms::integer));
    /// One axis; Keras also writes it as a list of one.
    static final Form AXIS = same(came -> {
        var value = came.value();
        return value.isArray() && value.size() == 1 ? integer(came.part("[0]", value.get(0))) : integer(came);
    });
    /// Axes, a list in our files; Keras writes a single one without a list.
    static final Form AXES = singleOrList(Forms::integer);
    /// Axes, or none, which Keras writes as `null`.
    static final Form AXES_OR_NULL = new Form() {
        @Override
        public Optional<JsonNode> read(Argument came) {
            return Optional.of(came.value().isNull() ? array() : list(came, Forms::integer));
        }

        @Override
        public JsonNode write(JsonNode ours, Dialect dialect) {
            return ours.isEmpty() ? NULL : ours;
        }
    };
    /// The extents of a batch's noise, `null` for the input's own; ours are those of a sample, −1 for the input's own.
    static final Form NOISE_SHAPE = new Form() {
        @Override
        public Optional<JsonNode> read(Argument came) {
            if (came.value().isNull()) return Optional.empty();
            var extents = (ArrayNode) list(came, part -> part.value().isNull() ? integer(-1) : integer(part));
            if (extents.isEmpty() || extents.remove(0).intValue() != -1) throw came.unsupported("null for the batch");
            return Optional.of(extents);
        }

        @Override
        public JsonNode write(JsonNode ours, Dialect dialect) {
            if (ours.isNull() || ours.isMissingNode()) return NULL;
            var extents = array().add(NULL);
            for (var extent : ours) extents.add(extent.equals(integer(-1)) ? NULL : extent);
            return extents;
        }
    };
    /// Numbers, a list in our files; Keras writes a single one without a list.
    static final Form NUMBERS = singleOrList(Forms::number);
    /// The same, or `null`, which our files leave out.
    static final Form NUMBERS_OR_NULL = new Form() {
        @Override
        public Optional<JsonNode> read(Argument came) {
            return came.value().isNull() ? Optional.empty() : NUMBERS.read(came);
        }

        @Override
        public JsonNode write(JsonNode ours, Dialect dialect) {
            return ours.isMissingNode() ? NULL : ours;
        }
    };
    /// Top, bottom, left and right: one number for all, one for rows and one for columns, or all four.
    static final Form SIDES = same(Forms::sides);

    /// Where the channels are; ours are always last.
    static final Form DATA_FORMAT = only(text("channels_last"), NULL);

    private Forms() {
    }

    /// A form that is the same in Keras' files and in ours.
    private static Form same(Function<Argument, JsonNode> check) {
        return new Form() {
            @Override
            public Optional<JsonNode> read(Argument came) {
                return Optional.of(check.apply(came));
            }

            @Override
            public JsonNode write(JsonNode ours, Dialect dialect) {
                return ours;
            }
        };
    }

    private static Form singleOrList(Function<Argument, JsonNode> element) {
        return new Form() {
            @Override
            public Optional<JsonNode> read(Argument came) {
                return Optional.of(came.value().isArray() ? list(came, element) : array().add(element.apply(came)));
            }

            @Override
            public JsonNode write(JsonNode ours, Dialect dialect) {
                return ours.size() == 1 ? ours.get(0) : ours;
            }
        };
    }

    /// Something for which Narwhal knows only one value; another one is refused.
    ///
    /// @param value written, and accepted
    /// @param also accepted
    static Form only(JsonNode value, JsonNode... also) {
        return new Form() {
            @Override
            public Optional<JsonNode> read(Argument came) {
                if (!came.value().equals(value) && !List.of(also).contains(came.value()))
                    throw came.unsupported(value.toString());
                return Optional.empty();
            }

            @Override
            public boolean isOurs() {
                return false;
            }

            @Override
            public JsonNode write(JsonNode ours, Dialect dialect) {
                return value;
            }
        };
    }

    /// Something that Narwhal does not need; another value is passed over in silence.
    static Form any(JsonNode value) {
        return passed(value, false);
    }

    /// Something that would change training; another value is passed over with a note.
    static Form noted(JsonNode value) {
        return passed(value, true);
    }

    private static Form passed(JsonNode value, boolean noted) {
        return new Form() {
            @Override
            public Optional<JsonNode> read(Argument came) {
                if (noted && !came.value().equals(value)) came.note("is not known here and was left out");
                return Optional.empty();
            }

            @Override
            public boolean isOurs() {
                return false;
            }

            @Override
            public JsonNode write(JsonNode ours, Dialect dialect) {
                return value;
            }
        };
    }

    // ---- values ----

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    static JsonNode flag(boolean flag) {
        return JsonNodeFactory.instance.booleanNode(flag);
    }

    static JsonNode number(double number) {
        return JsonNodeFactory.instance.numberNode(number);
    }

    static JsonNode integer(int number) {
        return JsonNodeFactory.instance.numberNode(number);
    }

    static ArrayNode array(int... numbers) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (int number : numbers) array.add(number);
        return array;
    }

    static ArrayNode numbers(double number) {
        return JsonNodeFactory.instance.arrayNode().add(number);
    }

    // ---- checks ----

    static JsonNode integer(Argument came) {
        var value = came.value();
        if (!value.isIntegralNumber() || !value.canConvertToInt()) throw came.damaged("a whole number");
        return integer(value.intValue());
    }

    static JsonNode number(Argument came) {
        var value = came.value();
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) throw came.damaged("a number");
        return number(value.doubleValue());
    }

    private static JsonNode pair(Argument came) {
        var value = came.value();
        if (value.isIntegralNumber()) {
            int both = integer(came).intValue();
            return array(both, both);
        }
        if (!value.isArray() || value.size() != 2) throw came.damaged("two whole numbers");
        return list(came, Forms::integer);
    }

    private static JsonNode sides(Argument came) {
        var value = came.value();
        if (!value.isArray()) {
            int all = integer(came).intValue();
            return array().add(array(all, all)).add(array(all, all));
        }
        if (value.size() != 2) throw came.damaged("rows and columns");
        return array().add(pair(came.part("rows", value.get(0)))).add(pair(came.part("columns", value.get(1))));
    }

    private static JsonNode list(Argument came, Function<Argument, JsonNode> element) {
        var value = came.value();
        if (!value.isArray() || value.size() > LONGEST_LIST) throw came.damaged("a list");
        var list = Json.object().putArray("list");
        for (int i = 0; i < value.size(); i++) list.add(element.apply(came.part("[" + i + "]", value.get(i))));
        return list;
    }
}
