/// Model files of other tools.
module narwhal.formats {
    requires static org.jspecify;
    requires transitive narwhal.core;
    // Tests count allocated bytes.
    requires static jdk.management;

    exports narwhal.guarded;
    exports narwhal.hdf5;
    exports narwhal.keras;
    exports narwhal.zip;
}
