/// What a training run was, epoch by epoch, as it lies in a run folder.
module narwhal.history {
    requires static org.jspecify;
    requires transitive narwhal.base;
    // Tests measure memory.
    requires static jdk.management;

    exports narwhal.history;
    exports narwhal.history.facts;
    exports narwhal.history.log;
    exports narwhal.history.readers;
}
