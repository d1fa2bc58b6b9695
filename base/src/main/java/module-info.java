/// What every other room stands on: the catalogue of errors, and the one place that writes to disk.
module narwhal.base {
    requires static org.jspecify;
    requires transitive tools.jackson.databind;

    exports narwhal.disk;
    exports narwhal.errors;
    exports narwhal.json;
}
