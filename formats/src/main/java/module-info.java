/// Model files of other tools.
module narwhal.formats {
    requires static org.jspecify;
    requires transitive narwhal.core;
}
