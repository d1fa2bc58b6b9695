/// Says why a training run misbehaves, from its history alone.
module narwhal.doctor {
    requires static org.jspecify;
    requires transitive narwhal.history;
    // A test parses the HTML report.
    requires static java.xml;

    exports narwhal.doctor;
    exports narwhal.doctor.forensics;
    exports narwhal.doctor.report;
    exports narwhal.doctor.statistics;
}
