/// The command line.
module narwhal.cli {
    requires static org.jspecify;
    requires narwhal.core;
    requires narwhal.doctor;
    requires narwhal.formats;
    requires info.picocli;
    // sun.misc.Signal: a first Ctrl-C finishes the step, a second one ends at once.
    requires jdk.unsupported;
    // The size of the machine's memory.
    requires jdk.management;

    opens narwhal.cli to info.picocli;
}
